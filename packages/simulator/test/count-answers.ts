import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { TestProject } from 'vitest/node'

/** Says at the end how many answers were compared with the documents, over all files of tests. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'answers-'))
  const file = join(folder, 'counts')
  writeFileSync(file, '')
  project.provide('answerCounts', file)
  return () => {
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
    const total = lines.reduce((sum, line) => sum + Number(line.split(' ')[1]), 0)
    const operations = new Set(lines.map((line) => line.split(' ')[0])).size
    console.error(`${total} answers of ${operations} operations were compared with the documents.`)
    rmSync(folder, { recursive: true })
  }
}
