import { createConfluenceContent } from './create-confluence-content.ts'
import { getConfluenceContent } from './get-confluence-content.ts'
import { listConfluenceSpaces } from './list-confluence-spaces.ts'
import { searchConfluence } from './search-confluence.ts'
import { updateConfluenceContent } from './update-confluence-content.ts'

/** In the order in which clients list them. */
export const tools = [
  getConfluenceContent,
  searchConfluence,
  createConfluenceContent,
  updateConfluenceContent,
  listConfluenceSpaces,
]
