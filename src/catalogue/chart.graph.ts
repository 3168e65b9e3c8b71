/** Charts in the graph: what was most popular over a period. */
import { catalogue } from "./loaders.js";
import type { ObjectRef } from "@pothos/core";
import { builder, type SchemaTypes } from "../graph/builder.js";
import { connection, type Connection, type Edge } from "../graph/connection.js";
import { upstream } from "../graph/field-cost.js";
import { pagingArgs, windowOf } from "../graph/paging.js";
import { dayOf } from "../shared/date-time.js";
import { readable, type Unreadable } from "../upstream/xml/unreadable.js";
import { artistChart } from "./endpoints/artist.js";
import { releaseChart } from "./endpoints/release.js";
import { trackChart } from "./endpoints/track.js";
import { artistRef, releaseRef, trackRef } from "./refs.js";
import { artistInBrief, byWindow, chartedRelease, chartedTrack } from "./included-fields.graph.js";

const weekAndMonth = {
  WEEK: { value: "week", description: "7 days." },
  MONTH: { value: "month", description: "1 month." },
} as const;

const chartPeriod = builder.enumType("ChartPeriod", {
  description: "Period that a chart of artists or tracks covers.",
  values: { DAY: { value: "day", description: "1 day." }, ...weekAndMonth } as const,
});

const releaseChartPeriod = builder.enumType("ReleaseChartPeriod", {
  description: "Period that a chart of releases covers.",
  values: { ...weekAndMonth, YEAR: { value: "year", description: "1 year." } } as const,
});

const chartChange = builder.enumType("ChartChange", {
  description: "How the position of an item changed since the previous chart.",
  values: {
    UP: { value: "up", description: "Its position is higher than before." },
    DOWN: { value: "down", description: "Its position is lower than before." },
    SAME: { value: "same", description: "Its position is the same as before." },
    NEW: { value: "new", description: "It was not in the previous chart." },
    UNKNOWN: { value: "unknown", description: "7digital does not say how the position changed." },
  } as const,
});

type Day = string | Unreadable | null | undefined;

/** The window of a chart. Its first page has the days that the chart counts, as 7digital writes them. */
interface Chart<T> extends Connection<T> {
  readonly first: { readonly fromDate?: Day; readonly toDate?: Day } | undefined;
}

/** Defines the connection of one kind of chart. */
function chart<T>(name: string, node: ObjectRef<SchemaTypes, T>, of: string) {
  const { edge, connection: list } = connection<T, Chart<T>>(`${name}Chart`, node, of);
  builder.objectFields(edge, (t) => ({
    position: t.int({
      nullable: false,
      description: "Position in the chart. The first is 1.",
      resolve: ({ listed, position }: Edge<T>) => listed.position ?? position,
    }),
    change: t.field({
      type: chartChange,
      nullable: false,
      description: "How the position changed since the previous chart.",
      resolve: ({ listed: { change } }: Edge<T>) => changeOf(change),
    }),
  }));
  builder.objectFields(list, (t) => ({
    fromDate: t.field({
      type: "Date",
      description: "First day that the chart covers. Null if 7digital does not send it.",
      resolve: ({ first }: Chart<T>) => readable(dayOf(first?.fromDate)),
    }),
    toDate: t.field({
      type: "Date",
      description: "Last day that the chart covers. Null if 7digital does not send it.",
      resolve: ({ first }: Chart<T>) => readable(dayOf(first?.toDate)),
    }),
  }));
  return list;
}

/** Reads a change as charts write it, e.g. "Up". */
function changeOf(change: string | null | undefined) {
  const lower = change?.toLowerCase();
  return lower === "up" || lower === "down" || lower === "same" || lower === "new" ? lower : "unknown";
}

const artistCharts = chart("Artist", artistRef, "the most popular artists");
const releaseCharts = chart("Release", releaseRef, "the most purchased releases");
const trackCharts = chart("Track", trackRef, "the most purchased tracks");

const howLong = "Period that the chart covers.";
const until = "Last day that the chart covers. If null, yesterday.";

builder.queryFields((t) => ({
  artistChart: t.field({
    ...upstream(artistChart, { list: byWindow, gives: artistInBrief }),
    type: artistCharts,
    description: "Chart of the most popular artists.",
    args: {
      period: t.arg({ type: chartPeriod, required: true, defaultValue: "week", description: howLong }),
      until: t.arg({ type: "Date", description: until }),
      ...pagingArgs(),
    },
    resolve: (_, { period, until: toDate, ...paging }, { use }) =>
      use(catalogue).read(artistChart, { period, toDate: toDate ?? undefined }, windowOf(paging)),
  }),
  releaseChart: t.field({
    ...upstream(releaseChart, { list: byWindow, gives: chartedRelease }),
    type: releaseCharts,
    description: "Chart of the best-selling releases. It contains albums only.",
    args: {
      period: t.arg({ type: releaseChartPeriod, required: true, defaultValue: "week", description: howLong }),
      until: t.arg({ type: "Date", description: until }),
      ...pagingArgs(),
    },
    resolve: (_, { period, until: toDate, ...paging }, { use }) =>
      use(catalogue).read(releaseChart, { period, toDate: toDate ?? undefined }, windowOf(paging)),
  }),
  trackChart: t.field({
    ...upstream(trackChart, { list: byWindow, gives: chartedTrack }),
    type: trackCharts,
    description: "Chart of the best-selling tracks.",
    args: {
      period: t.arg({ type: chartPeriod, required: true, defaultValue: "week", description: howLong }),
      until: t.arg({ type: "Date", description: until }),
      ...pagingArgs(),
    },
    resolve: (_, { period, until: toDate, ...paging }, { use }) =>
      use(catalogue).read(trackChart, { period, toDate: toDate ?? undefined }, windowOf(paging)),
  }),
}));
