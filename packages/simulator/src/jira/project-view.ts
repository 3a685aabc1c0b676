import type { Component, Version } from '../world/jira-model.ts'
import { rest, type View } from './view.ts'

/** A component inside of an issue. */
export function componentView(view: View, { id, name, description }: Component): Record<string, unknown> {
  return { self: rest(view, `component/${id}`), id, name, description }
}

/** A version inside of an issue, and in the list of a project. */
export function versionView(view: View, version: Version): Record<string, unknown> {
  const { id, description, name, archived, released, releaseDate } = version
  return {
    self: rest(view, `version/${id}`),
    id,
    description,
    name,
    archived,
    released,
    ...(releaseDate !== undefined && { releaseDate }),
  }
}
