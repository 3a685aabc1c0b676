import type { Step } from './blocks.ts'
import { readDecoration } from './escapes.ts'
import { addNode, openFrame, top } from './frames.ts'
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

const inlineDecoration = /^<!-- adf .*? -->/

/** Reads the text of a task or decision, which may begin with a decoration of the item. */
export function readItemText({ build, token }: Step): void {
  const frame = top(build)
  let source = token.content
  if (frame.content.length === 0) {
    const comment = inlineDecoration.exec(source)?.[0]
    const decoration = comment === undefined ? undefined : readDecoration(comment)
    if (comment !== undefined && decoration) {
      frame.decoration = decoration
      source = source.slice(comment.length)
    }
  }
  addNode(build, { type: 'paragraph', content: readInlines(source, build.reading) })
}
