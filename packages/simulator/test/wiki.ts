import type { Ask, Json } from './support.ts'

export const v2 = '/wiki/api/v2'
export const v1 = '/wiki/rest/api'

/** The id of a page by its title. */
export const pageId = async (ask: Ask, title: string): Promise<string> =>
  (await ask(`${v2}/pages`, { query: { title } })).body.results[0]?.id

/** The id of a space by its key. */
export const spaceId = async (ask: Ask, key: string): Promise<string> =>
  (await ask(`${v2}/spaces`, { query: { keys: key } })).body.results[0]?.id

export const storage = (value: string): Json => ({ representation: 'storage', value })

/** Makes something and gives it back. */
export const post = async (ask: Ask, path: string, body: unknown): Promise<Json> =>
  (await ask(path, { method: 'POST', body })).body

/** Makes a page in a space and gives it back. */
export const newPage = async (ask: Ask, title: string, more: object = {}): Promise<Json> =>
  post(ask, `${v2}/pages`, {
    spaceId: await spaceId(ask, 'ENG'),
    title,
    body: storage('<p>Words</p>'),
    ...more,
  })

export const names = (list: readonly Json[]): readonly string[] => list.map(({ name }) => name)
export const titlesOf = ({ body }: { readonly body: Json }): readonly string[] =>
  body.results.map(({ title }: Json) => title)

/** Puts files on content, as forms do. */
export function form(
  files: readonly (readonly [name: string, text: string, type?: string])[],
  fields: object = {},
): FormData {
  const data = new FormData()
  for (const [name, text, type = 'text/plain'] of files) data.append('file', new Blob([text], { type }), name)
  for (const [name, value] of Object.entries(fields)) data.append(name, String(value))
  return data
}
