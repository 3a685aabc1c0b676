import type { Board, BoardFeature } from '../world/software-model.ts'
import { hasSprints } from './boards-in-sight.ts'

/** The features of a team-managed board by name, with what they are when nobody switched them (inferred). */
const usual: Readonly<Record<BoardFeature, boolean>> = {
  SIMPLE_ROADMAP: true,
  BACKLOG: true,
  SPRINTS: false,
  ESTIMATION: false,
  REPORTS: true,
  RELEASES: true,
  CODE: false,
  PAGES: true,
  DEPLOYMENTS: false,
}

const words: Readonly<Record<BoardFeature, string>> = {
  SIMPLE_ROADMAP: 'Timeline',
  BACKLOG: 'Backlog',
  SPRINTS: 'Sprints',
  ESTIMATION: 'Estimation',
  REPORTS: 'Reports',
  RELEASES: 'Releases',
  CODE: 'Code',
  PAGES: 'Project pages',
  DEPLOYMENTS: 'Deployments',
}

export const isFeature = (value: unknown): value is BoardFeature =>
  typeof value === 'string' && Object.hasOwn(usual, value)

const names: readonly string[] = Object.keys(usual)

/** What can be switched on a board, and whether it is (documented). Boards of other projects have no switches. */
export function featuresView(board: Board): Record<string, unknown> {
  const shown = board.type === 'simple' ? names.filter(isFeature) : []
  return {
    features: shown.map((feature) => featureView(board, feature)),
  }
}

const featureView = (board: Board, feature: BoardFeature): Record<string, unknown> => ({
  boardFeature: feature,
  boardId: Number(board.id),
  featureId: `jsw.agility.${feature.toLowerCase()}`,
  featureType: feature === 'ESTIMATION' ? 'ESTIMATION' : 'BASIC',
  localisedName: words[feature],
  state: stateOf(board, feature),
  toggleLocked: false,
  ...(feature === 'ESTIMATION' && {
    permissibleEstimationTypes: [{ value: 'STORY_POINTS', localisedName: 'Story points' }],
  }),
})

function stateOf(board: Board, feature: BoardFeature): 'ENABLED' | 'DISABLED' {
  const on = feature === 'SPRINTS' ? hasSprints(board) : (board.features.get(feature) ?? usual[feature])
  return on ? 'ENABLED' : 'DISABLED'
}
