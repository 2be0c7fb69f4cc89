/** A reply as models write them: headings, lists, a table, code. Pure. */
const section = (place: number) => `## Part ${place}: what happens to a message

A message is **saved by the run**, not by the request that sent it. The tab may be closed, the *server* may be restarted, and the reply
is still written, as [the notes](https://example.com/notes/${place}) say:

1. the request checks it and hands it over,
2. a durable function takes the turn,
3. every device sees \`the text\` as it comes.

| What dies | Who goes on | After |
| --- | --- | --- |
| the tab | nobody notices | 0 ms |
| the web server | the same step, as a new try | ${place}00 ms |
| the queue | its own disk | ${place} s |
| the database | the next call of the step | ${place}0 s |

\`\`\`ts
const turn = await step.run('take-turn', () => takeTurn(event, runId))
if (turn.kind !== 'go') return turn
for (const part of turn.parts) {
  // Each part is written once, whatever dies on the way.
  await step.run(\`part-\${part.index}\`, () => writePart(part, ${place}))
}
\`\`\`

- Nothing is written twice.
- Nothing is lost.
- What waits may wait for days.`

export const richText = (sections: number, from = 1) =>
  Array.from({ length: sections }, (_, index) => section(from + index)).join('\n\n')
