/** A node of a document, as far as reading goes. */
type Node = Readonly<Record<string, unknown>>

/** The runs of text of a document in Atlassian's document format, in order. Bodies in other forms have none. */
export function textsOf(document: unknown): readonly string[] {
  return nodesOf(document).flatMap(({ type, text }) =>
    type === 'text' && typeof text === 'string' ? [text] : [],
  )
}

/** Everything that a reader sees, in order: runs of text, people, states, days, addresses of smart links. */
export function wordsOf(document: unknown): readonly string[] {
  return nodesOf(document).flatMap((node) => {
    const word = readable[String(node['type'])]?.(node)
    return typeof word === 'string' && word.trim() !== '' ? [word.trim()] : []
  })
}

const readable: Readonly<Record<string, (node: Node) => unknown>> = {
  text: ({ text }) => text,
  mention: (node) => attribute(node, 'text'),
  status: (node) => attribute(node, 'text'),
  date: (node) => new Date(Number(attribute(node, 'timestamp'))).toISOString().slice(0, 10),
  inlineCard: (node) => attribute(node, 'url'),
}

/** A node and all below it, parents first. What is no node is left out. */
export function nodesOf(document: unknown): readonly Node[] {
  if (Array.isArray(document)) return document.flatMap(nodesOf)
  if (!isNode(document)) return []
  return [document, ...nodesOf(document['content'])]
}

/** The text of a node and all below it, in one piece. */
export function plainText(document: unknown): string {
  return textsOf(document).join('')
}

/** A member of a node's attributes. */
export function attribute({ attrs }: Node, name: string): unknown {
  return isNode(attrs) ? attrs[name] : undefined
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
