import { checkOf, positionIn, readPosition, writtenCall } from './continuation.ts'
import type { CallResult } from './result.ts'
import { errorResult } from './result.ts'
import { ToolError } from './tool-error.ts'
import type { ToolFacts, ToolReply } from './tool.ts'
import { closingMark, openingStart } from './untrusted.ts'

/** What the form of a reply depends on. */
export interface ReplyContext {
  readonly tool: Pick<ToolFacts, 'name' | 'tier' | 'input' | 'output'>
  /** The arguments of the call, to write the call that reads on. */
  readonly input: Readonly<Record<string, unknown>>
  /** Most bytes of text in one reply. Data without a schema falls under it by itself. */
  readonly budget: number
  /** Remarks of the registry, which follow those of the tool. */
  readonly notes: readonly string[]
}

/** The text does not change between a call and the one that reads on, else the position means nothing. */
const moved = new ToolError({
  code: 'conflict',
  message: 'The text has changed since the answer that gave this position.',
  next: 'Call again without continueFrom.',
})

/**
 * Makes the result of a reply: text cut to the budget, with the exact call that reads on or a clear note, then the data,
 * checked by the tool's schema. Throws `ToolError` for a position that does not fit the text.
 */
export function resultOf(reply: ToolReply, context: ReplyContext): CallResult {
  const { tool, budget } = context
  const piece = pieceOf(reply.text, context)
  const data = dataOf(reply.data, context)
  const notes = [...(reply.notes ?? []), ...context.notes, ...piece.notes, ...data.notes]
  const text = [piece.text, ...notes.map((note) => `[${note}]`)].join('\n\n')
  if (data.misfit) {
    const lead =
      tool.tier === 'read'
        ? 'The answer follows as text;'
        : 'This was carried out; do not repeat it. The answer follows as text;'
    return errorResult(
      `${lead} its data could not be given in the promised form.\n\n${text.slice(0, budget)}`,
    )
  }
  return {
    content: [{ type: 'text', text }, ...(reply.attached ?? [])],
    ...(data.value !== undefined && { structuredContent: data.value }),
  }
}

interface Piece {
  readonly text: string
  readonly notes: readonly string[]
}

function pieceOf(text: string, { tool, input, budget }: ReplyContext): Piece {
  const start = startOf(text, input['continueFrom'])
  const lead = openingAt(text, start)
  const rest = start === 0 ? text : text.slice(start)
  const kept = fitting(rest, budget)
  if (kept === rest.length) return { text: lead + rest, notes: [] }
  const end = start + kept
  const tail = openingAt(text, end) === '' ? '' : `\n${closingMark}`
  const size = `${end.toLocaleString('en')} of ${text.length.toLocaleString('en')} characters`
  return {
    text: `${lead}${rest.slice(0, kept)}${tail}`,
    notes: [
      'continueFrom' in tool.input.shape
        ? `Cut after ${size}. To read on, call ${writtenCall(tool.name, { ...input, continueFrom: positionIn(text, end) })}.`
        : `Cut after ${size}. The rest is left out: ask for fewer items or fields.`,
    ],
  }
}

function startOf(text: string, continueFrom: unknown): number {
  if (typeof continueFrom !== 'string') return 0
  const position = readPosition(continueFrom)
  if (position === undefined || position.at > text.length || position.check !== checkOf(text)) throw moved
  return position.at
}

/** The opening line of the fence that a place lies in, with its line feed; empty outside of fences. */
function openingAt(text: string, at: number): string {
  const opening = text.lastIndexOf(openingStart, at - 1)
  if (opening === -1) return ''
  const closing = text.indexOf(closingMark, opening)
  const firstLineEnd = text.indexOf('\n', opening) + 1
  return closing >= at && firstLineEnd <= at ? text.slice(opening, firstLineEnd) : ''
}

/** How many characters fit into so many bytes, ending at a line or a word where one is near. */
function fitting(text: string, budget: number): number {
  if (text.length * 3 <= budget || Buffer.byteLength(text) <= budget) return text.length
  const bytes = Buffer.from(text)
  let end = budget
  while (end > 0 && ((bytes[end] ?? 0) & 0b1100_0000) === 0b1000_0000) end -= 1
  const most = bytes.toString('utf8', 0, end).length
  const least = Math.floor(most * 0.8)
  const line = text.lastIndexOf('\n', most - 1) + 1
  if (line > least) return line
  const word = text.lastIndexOf(' ', most - 1) + 1
  return word > least ? word : Math.max(1, most)
}

interface Data {
  readonly value?: object
  readonly misfit?: true
  readonly notes: readonly string[]
}

function dataOf(data: object | undefined, { tool, budget }: ReplyContext): Data {
  if (tool.output !== undefined) {
    const checked = tool.output.safeParse(data)
    return checked.success ? { value: checked.data, notes: [] } : { misfit: true, notes: [] }
  }
  if (data === undefined) return { notes: [] }
  const tooLarge = Buffer.byteLength(JSON.stringify(data)) > budget
  return tooLarge
    ? { notes: ['The data of this answer is left out because of its size.'] }
    : { value: data, notes: [] }
}
