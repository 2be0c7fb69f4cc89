/** Whether a value that came as JSON has the shape of a validator. The engine checks arguments and rows; this checks what a row holds as text. */
import type { GenericValidator, Infer } from 'convex/values'

export function fitsValidator<V extends GenericValidator>(validator: V, value: unknown): value is Infer<V> {
  return fits(validator, value)
}

function fits(validator: GenericValidator, value: unknown): boolean {
  switch (validator.kind) {
    case 'string':
    case 'boolean':
      return typeof value === validator.kind
    case 'float64':
      return typeof value === 'number'
    case 'null':
      return value === null
    case 'literal':
      return value === validator.value
    case 'array':
      return Array.isArray(value) && value.every((one) => fits(validator.element, one))
    case 'union':
      return validator.members.some((member: GenericValidator) => fits(member, value))
    case 'object':
      return isObject(value) && fieldsFit(validator.fields, value)
    default:
      throw new Error(`Nothing that is kept as text has a ${validator.kind}`)
  }
}

/** No field that is missing, none that is not known. */
function fieldsFit(fields: Record<string, GenericValidator>, value: object): boolean {
  const isKnown = Object.keys(value).every((name) => Object.hasOwn(fields, name))
  return (
    isKnown &&
    Object.entries(fields).every(([name, field]) =>
      Object.hasOwn(value, name) ? fits(field, Reflect.get(value, name)) : field.isOptional === 'optional',
    )
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
