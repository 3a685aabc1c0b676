/** The documents that are read, where they come from, and which version the committed output was made of. */

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Document } from './openapi.ts'

export type DocumentName =
  | 'jira-platform-v3'
  | 'jira-software'
  | 'jira-service-management'
  | 'confluence-v2'
  | 'confluence-v1'

export interface Source {
  readonly name: DocumentName
  readonly url: string
  /** SHA-256 of the version that the committed output was made of. */
  readonly digest: string
}

export interface Loaded extends Source {
  readonly document: Document
  /** SHA-256 of what was read. */
  readonly actual: string
}

const published = 'https://dac-static.atlassian.com/cloud'

export const sources: readonly Source[] = [
  {
    name: 'jira-platform-v3',
    url: `${published}/jira/platform/swagger-v3.v3.json`,
    digest: 'b9e7f99b7fb1bfeab2badb10ae14670118ca70b2e02e0d73c81d94124a585f26',
  },
  {
    name: 'jira-software',
    url: `${published}/jira/software/swagger.v3.json`,
    digest: '2aaf78263730deea491ac6909620c74ef49478affae51e6fef2d68c819fc5f99',
  },
  {
    name: 'jira-service-management',
    url: `${published}/jira/service-desk/swagger.v3.json`,
    digest: '564e591945f87c31dde53d26d2c7953b1650788637290bd71e5e66a528317ba0',
  },
  {
    name: 'confluence-v2',
    url: `${published}/confluence/openapi-v2.v3.json`,
    digest: 'c4bd1ed570f21cd6dee2360d9cda0d5aa09933233491c8286d60cc4fa16c5df5',
  },
  {
    name: 'confluence-v1',
    url: `${published}/confluence/swagger.v3.json`,
    digest: '70088490f4069e0a5b082411ac5296b822041b2848256444f0dfca3f3d319e73',
  },
]

/** Reads the five documents from `NAME.json` in a folder, or downloads them when none is given. */
export function loadAll(folder: string | undefined, fetch = globalThis.fetch): Promise<Loaded[]> {
  return Promise.all(
    sources.map(async (source) => {
      const bytes = folder === undefined ? await download(source.url, fetch) : await read(folder, source.name)
      const actual = createHash('sha256').update(bytes).digest('hex')
      const place = folder === undefined ? source.url : join(folder, `${source.name}.json`)
      return { ...source, actual, document: parseDocument(bytes.toString('utf8'), place) }
    }),
  )
}

/** Parses a document. `place`: where it is from, for the error. */
function parseDocument(text: string, place: string): Document {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (cause) {
    throw new Error(`${place} is no JSON. Give a folder with the documents: --docs DIR`, { cause })
  }
  if (typeof document === 'object' && document !== null && 'paths' in document && 'components' in document)
    return document as Document
  throw new Error(`${place} is no OpenAPI document. Give a folder with the documents: --docs DIR`)
}

async function read(folder: string, name: DocumentName): Promise<Buffer> {
  const path = join(folder, `${name}.json`)
  try {
    return await readFile(path)
  } catch (cause) {
    throw new Error(`${path} cannot be read. Give a folder that holds the five documents.`, { cause })
  }
}

async function download(url: string, fetch: typeof globalThis.fetch): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(60_000) }).catch((cause: unknown) => {
    throw new Error(`${url} cannot be reached. Give a folder with the documents: --docs DIR`, { cause })
  })
  if (!response.ok)
    throw new Error(`${url} answered ${response.status}. Give a folder with the documents: --docs DIR`)
  return Buffer.from(await response.arrayBuffer())
}

/** A sentence for each document that is not the version which the committed output was made of. */
export function strangers(documents: readonly Loaded[]): string[] {
  return documents
    .filter(({ actual, digest }) => actual !== digest)
    .map(({ name, actual }) => `${name}: another version than the pinned one. Its SHA-256 is ${actual}`)
}
