/** Loaded into a server before anything else: its clock stands still, and is set by messages. Timers run as always. */
let nowMs = Date.now();
Date.now = () => nowMs;
process.on("message", (ms) => {
  nowMs = ms;
  process.send?.(ms);
});
process.once("disconnect", () => process.exit());
