/** What a call answers on the wire, in both eras. */
export interface CallResult {
  readonly content: readonly [{ readonly type: 'text'; readonly text: string }]
  readonly structuredContent?: object
  readonly isError?: true
  readonly _meta?: Readonly<Record<string, unknown>>
}

/** What a model reads of a result. */
export function textOf({ content }: CallResult): string {
  return content[0].text
}

/** A result that tells a model what went wrong. */
export function errorResult(text: string, meta?: Readonly<Record<string, unknown>>): CallResult {
  return { content: [{ type: 'text', text }], isError: true, ...(meta && { _meta: meta }) }
}
