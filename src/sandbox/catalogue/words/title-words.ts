/** The words titles of releases and tracks are made of. A word stands in one list only, at one place: its place is how a
 *  search finds the items that carry it. */

function list(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** What goes before a noun, or alone. */
export const qualities: readonly string[] = list(`
  Happy No Golden Blue Broken Silent Electric Lonely Crazy Sweet Dark Bright Cold Warm Wild Lost Empty Secret Perfect
  Beautiful Simple Little Big Last First Second New Old Young Endless Hidden Fallen Falling Burning Running Dancing
  Dreaming Waiting Sleeping Rising Breaking Shining Crying Flying Fading Drifting Calling Leaving Coming Holding Losing
  Moving Turning Walking Driving Singing Swimming Hungry Angry Gentle Heavy Hollow Holy Honest Human Idle Infinite
  Invisible Jealous Kind Lazy Liquid Lucky Lunar Magic Mellow Midnight Modern Naked Nervous Neon Only Open Orange Other
  Pale Paper Pink Plastic Private Proud Pure Purple Quiet Random Rapid Ready Real Red Restless Reckless Rusty Sacred Sad
  Scarlet Second-Hand Shallow Silver Slow Small Smooth Soft Solid Some Sour Spare Stolen Strange Strong Stupid Sudden
  Summer Sunday Super Tender Thin Tiny Tired Total Tragic Troubled True Twisted Ugly Ultra Uncertain Unknown Urban
  Useless Vacant Velvet Violent Violet Vivid Wasted Weary White Wicked Winter Wise Wonderful Wooden Wrong Yellow Zero
  Black Green Grey Crystal Every Faithless Feral Foreign Forever Frozen Ghost Glass
`);

/** What a title is about. */
export const nouns: readonly string[] = list(`
  Surprises Love Heart Night Day Dream Dreams Rain Sun Moon Star Stars Sky Sea Ocean River Mountain Road Street City
  Town Home House Room Door Window Mirror Light Shadow Fire Flame Smoke Ashes Water Ice Snow Storm Thunder Lightning
  Wind Spring Autumn Morning Evening Sunrise Sunset Twilight Dawn Time Hour Minute Moment Yesterday
  Tomorrow Today Monday Friday Saturday Weekend Holiday Party Dance Music Song Songs Melody Rhythm Radio Guitar Piano
  Drum Voice Silence Noise Sound Echo Whisper Scream Word Words Letter Story Stories Book Page Picture Photograph Film
  Movie Dancer Stranger Friend Friends Lover Lovers Brother Sister Mother Father Baby Girl Girls Boy Boys Man Woman
  Child Children King Queen Prince Angel Angels Devil Devils God Heaven Hell Paradise Garden Flower Flowers Rose Roses
  Tree Forest Desert Island Beach Wave Waves Boat Ship Train Car Highway Wheel Bridge Tower Castle Kingdom Crown Gold
  Diamond Diamonds Pearl Money Dollar Game Games Player Winner Loser Fool Fools Hero Heroes Soldier War Peace Battle Gun
  Bullet Knife Blood Bone Bones Skin Eyes Hands Lips Kiss Touch Tears Smile Laughter Pain Sorrow Joy Hope Faith Trust
  Truth Lie Lies Promise Promises Mystery Miracle Wonder Machine Robot Rocket Planet Universe Space Gravity Orbit
  Satellite Signal Electricity Energy Motion Emotion Café Señorita Naïveté Château
`);

/** Titles that are a trap for readers of XML: each list has the place of one quality, so that it falls on one title in some
 *  hundred and seventy. Numbers that must stay text; characters that must be escaped; letters beyond ASCII. */
export const wholeTitles: readonly (readonly string[])[] = [
  ["21", "1989", "4", "007", "1e5", "0x1F", "1999", "3.0", "+44", "1_000", "Infinity", "99"],
  ["R&B & Soul", "<3", "Rock 'n' Roll", "5 < 6", '"Heroes"', "AT&T", "Q&A", "1 > 0", "Rhythm & Blues &c.", "]]>", "&amp;", "Don't <Stop>"],
  [
    "Café Del Mar",
    "Ágætis Byrjun",
    "Über Alles",
    "Señorita Ñandú",
    "恋",
    "Πάντα Ρεῖ",
    "Ночь",
    "Ça Va",
    "Łódź",
    "Smørrebrød",
    "東京の夜",
    "Naïve ❤",
  ],
];
