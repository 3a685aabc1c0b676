/** What stands in an answer beside its text. */
export type Attached =
  | { readonly type: 'image'; readonly data: string; readonly mimeType: string }
  | {
      readonly type: 'resource_link'
      readonly uri: string
      readonly name: string
      readonly title?: string
      readonly mimeType?: string
      /** Bytes. */
      readonly size?: number
    }

/** The text of an answer. */
interface TextBlock {
  readonly type: 'text'
  readonly text: string
}

/** What a call answers on the wire, in both eras. */
export interface CallResult {
  readonly content: readonly [TextBlock, ...Attached[]]
  readonly structuredContent?: object
  readonly isError?: true
  readonly _meta?: Readonly<Record<string, unknown>>
}

/** How an answer is given: as text for a model, as data for a program, or both. */
export type ResultForm = 'text' | 'data' | 'both'

/** Every form, as settings name them. */
export const resultForms: readonly ResultForm[] = ['text', 'data', 'both']

/** What a model reads of a result. */
export function textOf({ content }: Pick<CallResult, 'content'>): string {
  return content[0].text
}

/** A result that tells a model what went wrong. */
export function errorResult(text: string, meta?: Readonly<Record<string, unknown>>): CallResult {
  return { content: [{ type: 'text', text }], isError: true, ...(meta && { _meta: meta }) }
}

/** A result in the form that a connection wants. An error is told as text in each; so is what has no data. */
export function inForm(result: CallResult, form: ResultForm): CallResult {
  const { structuredContent, content, ...rest } = result
  if (form === 'both' || structuredContent === undefined || result.isError) return result
  if (form === 'text') return { content, ...rest }
  const [, ...attached] = content
  return {
    content: [{ type: 'text', text: 'See the structured content.' }, ...attached],
    structuredContent,
    ...rest,
  }
}
