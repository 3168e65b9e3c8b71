/** Ids of items that are odd in the ways real ones are, for tests and guides to name. Each oddity falls on a share of all ids;
 *  these are the first of them that are sold in Britain, but for what is not sold there. The prices are those of Britain. */

import type { ChartKind } from "../model.js";

export const irregular = {
  artists: {
    popularityZero: 1001,
    nonAsciiName: 1004,
    /** "The Über Monks", sorted as "Über Monks, The". */
    articledName: 1004,
    withoutImage: 1006,
    /** Answered in the shape of later years: with a slug, and with a placeholder for the picture that is missing. */
    later: 1001,
    laterWithoutImage: 1284,
    ampersandName: 1018,
    /** Ends with a blank. */
    paddedName: 1039,
    withoutSimilar: 1064,
    manyReleases: 1765,
    numericName: 37162,
  },
  releases: {
    /** "21", "1989", "4", "007". */
    numericTitle: 4579,
    yearTitle: 4275,
    digitTitle: 2956,
    zeroLedTitle: 2277,
    /** "1e5" and "0x1F": a reader that guesses numbers makes 100000 and 31 of them. */
    exponentTitle: 3769,
    hexTitle: 2201,
    paddedTitle: 2514,
    /** "<3", "&amp;" and "]]>". */
    markupTitle: 6769,
    entityTitle: 2190,
    cdataEndTitle: 3087,
    ampersandTitle: 2009,
    apostropheTitle: 2007,
    nonAsciiTitle: 2183,
    guestCredit: 2041,
    explicit: 2033,
    barcodeNull: 2017,
    barcodeEmpty: 2041,
    barcodeLeadingZeros: 2002,
    yearUnknown: 2057,
    licensorUnknown: 2079,
    popularityZero: 2006,
    /** 0001-01-01T00:00:00 */
    dateUnknown: 3547,
    /** 9999-12-31T00:00:00Z */
    preOrder: 2826,
    dateWithoutOffset: 2375,
    zeroOffsetSpelledOut: 2002,
    soldByTrackOnly: 2051,
    onSale: 2004,
    onSaleWithoutRrp: 2063,
    withoutRrp: 2014,
    eraPackages: 2018,
    eraBoth: 2001,
    /** Package 9 before package 2. */
    premiumPackageFirst: 2010,
    hiResPackage: 2009,
    losslessFormat: 2008,
    video: 2001,
    twoDiscs: 2022,
    hundredTracks: 2108,
    notInBritain: 2034,
    /** Sold in Britain with all its tracks. */
    notInGermany: 2118,
  },
  tracks: {
    numericTitle: 22248,
    hexTitle: 20007,
    exponentTitle: 22562,
    paddedTitle: 20166,
    markupTitle: 20179,
    nonAsciiTitle: 20032,
    versioned: 20006,
    guestCredit: 20027,
    durationUnknown: 20150,
    /** Answered in the shape of the earlier era, and of the time of both. */
    soldWithReleaseOnly: 20003,
    soldWithReleaseOnlyLater: 20202,
    secondDisc: 20002,
    secondDiscLater: 23318,
    ninthDisc: 24605,
    video: 20292,
    /** A booklet, in the shape of later years. */
    pdf: 20856,
    /** Its release is. */
    notInGermany: 20106,
  },
} as const satisfies Record<`${ChartKind}s`, Readonly<Record<string, number>>>;
