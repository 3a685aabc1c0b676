import { asObject, type JsonObject } from '../http/value.ts'

/** What somebody wants of the administration. */
export interface Input {
  readonly fields: JsonObject
  /** Whether it came from a form of a page, which wants to be led back to. */
  readonly fromPage: boolean
}

/** Thrown for what cannot be done as asked; the sentence says how it can. */
export class AdminError extends Error {
  override readonly name = 'AdminError'
  readonly status: number

  constructor(message: string, status = 400) {
    super(message)
    this.status = status
  }
}

/** A number of a form comes as text. Empty fields of a form were not filled in. */
function formValue(text: string): unknown {
  return /^-?\d{1,15}(?:\.\d{1,6})?$/.test(text) ? Number(text) : text
}

/** `fault.kind` in a form is `kind` inside of `fault`. */
function fieldsOf(form: URLSearchParams): JsonObject {
  const fields: Record<string, unknown> = {}
  for (const [name, text] of form) {
    if (text === '') continue
    const [outer = '', inner] = name.split('.')
    if (inner === undefined) fields[outer] = formValue(text)
    else fields[outer] = { ...asObject(fields[outer]), [inner]: formValue(text) }
  }
  return fields
}

/** Reads JSON or a form. No body is nothing asked. */
export async function readInput(request: Request): Promise<Input> {
  const type = request.headers.get('content-type') ?? ''
  const text = await request.text()
  if (type.startsWith('application/x-www-form-urlencoded'))
    return { fields: fieldsOf(new URLSearchParams(text)), fromPage: true }
  if (text.trim() === '') return { fields: {}, fromPage: false }
  try {
    const fields = asObject(JSON.parse(text))
    if (fields) return { fields, fromPage: false }
  } catch {
    // Told below, in one sentence with what is no object.
  }
  throw new AdminError('Send a JSON object, with content-type application/json.')
}
