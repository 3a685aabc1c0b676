/** A prepared document → the text of `types.gen.ts`, by way of the type generator. */

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createClient } from '@hey-api/openapi-ts'

import type { Document } from './openapi.ts'
import { operationsOf } from './openapi.ts'
import { fillPlaceholders } from './placeholders.ts'
import { toSchemaName, toTypeName } from './prepare/identifiers.ts'

export async function emitTypes(document: Document, header: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'types-'))
  try {
    // The generator gives these names to answers. A schema of that name has to step aside.
    const taken = new Set(
      operationsOf(document).map(({ operation }) => `${toTypeName(operation.operationId)}Response`),
    )
    await createClient({
      input: structuredClone(document) as unknown as Record<string, unknown>,
      logs: { level: 'silent', file: false },
      output: { path: folder, clean: true, entryFile: false, module: { extension: '.ts' } },
      parser: {
        transforms: {
          enums: { enabled: false },
          readWrite: { requests: { name: '{{name}}Input' }, responses: { name: '{{name}}' } },
          schemaName: (name) =>
            taken.has(toSchemaName(name)) ? `${toSchemaName(name)}Body` : toSchemaName(name),
        },
      },
      plugins: [{ name: '@hey-api/typescript', enums: false }],
    })
    const written = await readFile(join(folder, 'types.gen.ts'), 'utf8')
    return tidy(written, Object.keys(document.components.schemas), header)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Leaves out what repeats the records, makes lists read-only, and puts the real types where preparation left placeholders. */
function tidy(written: string, schemas: readonly string[], header: string): string {
  const body = written
    .replace(/^\/\/ This file is auto-generated.*\n+/, '')
    .replace(/^export type ClientOptions = \{\n(?: .*\n)*\};\n+/m, '')
    .replaceAll(/^ {4}url: '[^']*';\n/gm, '')
    .replaceAll(/^ +\/\*\*\n(?: +\*.*\n)*? +\*\/\n/gm, '')
    .replaceAll(
      /^export type \w+Responses = \{\n((?: .*\n)*)\};\n\nexport type (\w+Response) = .*\n/gm,
      (_, members: string, name: string) => `export type ${name} = ${unionOf(members)};\n`,
    )
    .replaceAll(/^export type \w+Responses = \{\n(?: .*\n)*\};\n+/gm, '')
  return `${header}\n${fillPlaceholders(body.replaceAll(/\bArray</g, 'ReadonlyArray<'), schemas)}`
}

/** `200: Issue; 204: void;` → `Issue | void` */
function unionOf(members: string): string {
  const types = members.split(/^ {4}\d+: /m).slice(1)
  const plain = types.map((type) => type.trimEnd().replace(/;$/, '').replaceAll(/^ {4}/gm, ''))
  return [...new Set(plain)].join(' | ')
}
