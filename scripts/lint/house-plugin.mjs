// Lint rules of this house that no library brings: the console reads its environment at one door.
const envDoor = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    return {
      MemberExpression(node) {
        const { object, property } = node
        if (object.type !== 'MetaProperty') return
        const name = node.computed ? property.value : property.name
        if (name === 'env') {
          context.report({
            node,
            message: 'import.meta.env is read in src/app/env.ts only: take the setting from there.',
          })
        }
      },
    }
  },
}

export default { meta: { name: 'house' }, rules: { 'env-door': envDoor } }
