/** Finds the handler for a method and a path; `:name` segments are handed to it in order. */
export interface Route<Context, Answer> {
  method: string
  segments: readonly string[]
  run: (context: Context, ...captured: string[]) => Answer | Promise<Answer>
}

export type Found<Context, Answer> =
  | { kind: 'found'; run: (context: Context) => Answer | Promise<Answer> }
  | { kind: 'wrong-method' }
  | { kind: 'unknown' }

export function route<Context, Answer>(
  method: string,
  path: string,
  run: Route<Context, Answer>['run'],
): Route<Context, Answer> {
  return { method, segments: path.split('/'), run }
}

/** The first matching route wins, so fixed names stand before `:id` in the table. */
export function findRoute<Context, Answer>(
  routes: readonly Route<Context, Answer>[],
  method: string,
  path: string,
): Found<Context, Answer> {
  const actual = path.replace(/(.)\/+$/, '$1').split('/')
  let pathKnown = false
  for (const { method: wanted, segments, run } of routes) {
    const captured = capture(segments, actual)
    if (!captured) continue
    if (wanted === method) return { kind: 'found', run: (context) => run(context, ...captured) }
    pathKnown = true
  }
  return { kind: pathKnown ? 'wrong-method' : 'unknown' }
}

function capture(segments: readonly string[], actual: readonly string[]): string[] | undefined {
  if (segments.length !== actual.length) return undefined
  const captured: string[] = []
  for (const [index, segment] of segments.entries()) {
    const part = actual[index] ?? ''
    if (segment.startsWith(':') && part !== '') captured.push(part)
    else if (segment !== part) return undefined
  }
  return captured
}
