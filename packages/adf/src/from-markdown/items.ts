import { decorationClose, decorationOpen } from '../notation.ts'
import { readDecoration } from './escapes.ts'
import { addNode, openFrame, type Step, top } from './frames.ts'
import { readInlines } from './inlines.ts'

const taskMarker = /^\[([ xX])\](?:[ \t\n]+|$)/
const decisionMarker = /^<!>(?:[ \t\n]+|$)/

/** Opens the frame of a list item: a task for `[ ]` and `[x]`, a decision for `<!>`. */
export function openItem({ build, tokens, index }: Step): void {
  const first = tokens[index + 1]?.type === 'paragraph_open' ? tokens[index + 2] : undefined
  const task = first && taskMarker.exec(first.content)
  const decision = first && decisionMarker.exec(first.content)
  if (task) {
    first.content = first.content.slice(task[0].length)
    openFrame(build, 'taskItem', { state: task[1] === ' ' ? 'TODO' : 'DONE' })
  } else if (decision) {
    first.content = first.content.slice(decision[0].length)
    openFrame(build, 'decisionItem', { state: 'DECIDED' })
  } else openFrame(build, 'listItem')
}

/** Reads the text of a task or decision, which may begin with a decoration of the item. */
export function readItemText({ build, token }: Step): void {
  const frame = top(build)
  let source = token.content
  if (frame.content.length === 0) {
    const end = source.startsWith(decorationOpen)
      ? source.indexOf(decorationClose) + decorationClose.length
      : 0
    const decoration = readDecoration(source.slice(0, end))
    if (decoration) {
      frame.decoration = decoration
      source = source.slice(end)
    }
  }
  const nodes = readInlines(source, build.reading)
  if (frame.content.length === 0) frame.content.push(...nodes)
  else addNode(build, { type: 'paragraph', content: nodes })
}
