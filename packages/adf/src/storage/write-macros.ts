import { type AdfNode, isRecord, textAttr } from '../document.ts'
import { element } from './writing.ts'
import { encodeCdata, encodeText, parseXml } from './xml.ts'

/** Writes an extension as the macro that it stands for. XML that was kept is written as it was. */
export function writeMacro(node: AdfNode, body: string): string {
  const { parameters } = node.attrs ?? {}
  const given = isRecord(parameters) ? parameters : {}
  const kept = given['storageXml']
  if (typeof kept === 'string' && body === '' && isOneElement(kept)) return kept
  const params = isRecord(given['macroParams']) ? given['macroParams'] : {}
  const metadata = isRecord(given['macroMetadata']) ? given['macroMetadata'] : {}
  const localId = textAttr(node, 'localId')
  let inner = ''
  let text: string | undefined
  for (const [name, entry] of Object.entries(params)) {
    const value = valueOf(entry)
    if (name === '__bodyContent') text = value
    else inner += parameter(name, value)
  }
  if (body !== '') inner += element('ac:rich-text-body', {}, body)
  else if (text !== undefined) inner += `<ac:plain-text-body>${encodeCdata(text)}</ac:plain-text-body>`
  return element(
    'ac:structured-macro',
    {
      'ac:name': textAttr(node, 'extensionKey'),
      'ac:schema-version': valueOf(metadata['schemaVersion']) || undefined,
      'ac:macro-id': valueOf(metadata['macroId']) || undefined,
      'ac:local-id': localId === '' ? undefined : localId,
    },
    inner,
  )
}

function parameter(name: string, value: string): string {
  return element('ac:parameter', { 'ac:name': name }, encodeText(value, { start: false, end: false }))
}

function valueOf(entry: unknown): string {
  const value = isRecord(entry) ? entry['value'] : entry
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}

/** Whether kept XML is one whole element, so that it cannot close what is around it. */
function isOneElement(xml: string): boolean {
  const { children, isWellFormed } = parseXml(xml)
  const [only] = children
  return (
    isWellFormed &&
    children.length === 1 &&
    only?.kind === 'element' &&
    only.start === 0 &&
    only.end === xml.length
  )
}
