export { defaultModel, type DefaultModelOptions, type Model } from './model.ts'
