import type { ModelList } from '../protocol/index.ts'
import { jsonReply, type Reply } from '../wire/index.ts'

const DEFAULT_NAMES = ['custom-model']

/** Answers `GET /models`. */
export function listModels(names: readonly string[] = DEFAULT_NAMES): Reply {
  const list: ModelList = {
    object: 'list',
    data: names.map((id) => ({
      id,
      object: 'model',
      created: 1_767_225_600,
      owned_by: 'soundcheck',
    })),
  }
  return jsonReply(200, list)
}
