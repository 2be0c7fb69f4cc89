/** The results as tables of plain text. Pure. */
import { CALLS, stations } from './measureHandOffs.ts'
import type { LoadResult } from './measureLoad.ts'
import { printPage } from './page/printPage.ts'
import { layOut, show } from './printTable.ts'
import { hops } from './readTimes.ts'
import { type Aim, isMet, judge, type Results } from './results.ts'

type Row = [what: string, read: (result: LoadResult) => string]

const loadRows: Row[] = [
  ['acknowledged, ms', ({ ackMs }) => show(ackMs.p50)],
  ['first word, ms', ({ firstTokenMs }) => show(firstTokenMs.p50)],
  ['first word, 99 %', ({ firstTokenMs }) => show(firstTokenMs.p99)],
  ['lag of a token, median, ms', ({ lagMs }) => show(lagMs.p50)],
  ['lag of a token, 99 %', ({ lagMs }) => show(lagMs.p99)],
  ['lag until drawn, median', ({ drawnLagMs }) => show(drawnLagMs.p50)],
  ['lag until drawn, 99 %', ({ drawnLagMs }) => show(drawnLagMs.p99)],
  [
    'reload while it is written, ms',
    ({ reloadRunningMs }) => (reloadRunningMs === null ? 'lost' : show(reloadRunningMs)),
  ],
  [
    'reload of a finished reply, ms',
    ({ reloadSettledMs }) => (reloadSettledMs === null ? 'lost' : show(reloadSettledMs)),
  ],
  ['wire bytes a byte of text', ({ bytesPerByte }) => show(bytesPerByte, 1)],
  ['of those, to the page', ({ receivedPerByte }) => show(receivedPerByte, 1)],
  ['Inngest executions a reply', ({ executions }) => show(executions?.max)],
  ['(late by our own doing, 99 %, ms)', ({ ownDelayP99Ms }) => show(ownDelayP99Ms)],
]

function printLoads({ loads }: Results): string[] {
  const columns = loads.flatMap(({ old, product }) => [old, product])
  const head = ['replies at once', ...loads.flatMap(({ old }) => [`${old.atOnce} old`, `${old.atOnce} ours`])]
  return layOut([head, ...loadRows.map(([what, read]) => [what, ...columns.map(read)])])
}

function printHops({ loads }: Results): string[] {
  const head = [
    'first word, by hop (median ms since sending)',
    ...loads.map(({ product }) => `${product.atOnce} at once`),
  ]
  return layOut([head, ...hops.map((hop) => [hop, ...loads.map(({ product }) => show(product.hopsMs?.[hop]))])])
}

/** Time on a processor and time spent waiting for one, each for a second of measuring: `0.40+0.10`. */
function printCpu({ loads }: Results): string[] {
  const results = loads.flatMap(({ old, product }) => [old, product])
  const names = [...new Set(results.flatMap(({ cpuShare }) => Object.keys(cpuShare)))]
  const head = [
    'busy+waiting for a processor',
    ...loads.flatMap(({ old }) => [`${old.atOnce} old`, `${old.atOnce} ours`]),
  ]
  const cell = (name: string, { cpuShare, waitShare }: LoadResult) =>
    cpuShare[name] === undefined ? '–' : `${show(cpuShare[name], 2)}+${show(waitShare[name], 2)}`
  return layOut([head, ...names.map((name) => [name, ...results.map((result) => cell(name, result))])])
}

function printLengths({ lengths }: Results): string[] {
  const head = ['one reply', 'text bytes', 'wire bytes', 'a byte', 'executions']
  const rows = lengths.flatMap(({ flushMs, checkpointing, costs }) =>
    costs.map(({ words, textBytes, wireBytes, executions }) => [
      `${words} words, flush ${flushMs} ms, ${checkpointing ? 'checkpointed' : 'classic'}`,
      String(textBytes),
      String(wireBytes),
      show(wireBytes / textBytes, 2),
      String(executions),
    ]),
  )
  return layOut([head, ...rows])
}

function printThreads({ threads }: Results): string[] {
  const head = ['opening a thread of', 'documents read', 'index rows', 'bytes to the page']
  const rows = threads.map(({ messages, documentsRead, indexRowsRead, bytesReceived }) => [
    `${messages} messages`,
    String(documentsRead),
    String(indexRowsRead),
    String(bytesReceived),
  ])
  return layOut([head, ...rows])
}

function printHandOffs({ handOffs: { old, product, rounds, toolMs } }: Results): string[] {
  const rows = [
    [`a hand-off (${rounds} replies of ${CALLS} tool calls, the tool itself ${show(toolMs, 1)} ms), ms`, 'old', 'ours'],
    ['median', show(old.ms.p50, 1), show(product.ms.p50, 1)],
    ['99 %', show(old.ms.p99, 1), show(product.ms.p99, 1)],
    ...stations.map((name) => [`since the last: ${name}`, '–', show(product.stationsMs?.[name], 1)]),
  ]
  return layOut(rows)
}

function printContexts({ contexts }: Results): string[] {
  const rows = contexts.map(({ turns, hasSummary, documentsRead, ms }) => [
    `${turns} turns${hasSummary ? ', summarized' : ''}`,
    String(documentsRead),
    show(ms, 1),
  ])
  return layOut([['the context of a reply in a thread of', 'documents read', 'ms without the wire'], ...rows])
}

function printWaits({ waits }: Results): string[] {
  const parts = [...new Set(waits.flatMap(({ idleCpu }) => Object.keys(idleCpu)))]
  return layOut([
    ['open waits', ...waits.map(({ openWaits }) => String(openWaits))],
    ...parts.map((name) => [`busy at rest: ${name}`, ...waits.map(({ idleCpu }) => show(idleCpu[name], 3))]),
    ['documents read by a tick of the watchdogs', ...waits.map(({ tickReads }) => String(tickReads))],
    ['first word of a plain message, ms', ...waits.map(({ firstTokenMs }) => show(firstTokenMs.p50))],
    ['a due wait is gone on with after, ms', ...waits.map(({ goesOnMs }) => show(goesOnMs.p50))],
  ])
}

export function printAims(aims: readonly Aim[]): string[] {
  const rows = aims.map((aim) => [
    aim.what,
    ('most' in aim ? `≤ ${aim.most} ${aim.unit}` : `≥ ${aim.least} ${aim.unit}`).trim(),
    `${show(aim.got, Number.isInteger(aim.got) ? 0 : 2)} ${aim.unit}`.trim(),
    aim.got === undefined ? 'not measured' : isMet(aim) ? 'met' : 'MISSED',
  ])
  return layOut([['aim', 'wanted', 'got', ''], ...rows])
}

export function printResults(results: Results): string {
  const { machine, settings } = results
  const about = [
    `${results.at}, Node ${machine.node}, ${machine.processors} processors, load ${machine.loadAtStart.toFixed(1)} at the start, ${machine.loadAtEnd.toFixed(1)} at the end`,
    `model: ${settings.tokensPerSecond} tokens a second, the first ${settings.ttftMs} ms after the request; flush ${settings.flushMs} ms`,
  ]
  const parts = [
    about,
    printLoads(results),
    printHops(results),
    printCpu(results),
    printLengths(results),
    printThreads(results),
    printHandOffs(results),
    printContexts(results),
    printWaits(results),
    ...(results.page ? [[printPage(results.page)]] : []),
    printAims(judge(results)),
  ]
  return parts.map((lines) => lines.join('\n')).join('\n\n')
}
