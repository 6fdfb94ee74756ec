// Writing to the page by hand, where React would cost too much: each writer remembers what it wrote and writes only news.

/** Writes the text of a node; nothing when it is the same. */
export function textWriter(parent: Element): (text: string) => void {
  const node = document.createTextNode('')
  parent.append(node)
  let last = ''
  return (text) => {
    if (text === last) return
    last = text
    node.data = text
  }
}

/** Writes an attribute; null takes it away. */
export function attributeWriter(element: Element, name: string): (value: string | null) => void {
  let last: string | null = null
  return (value) => {
    if (value === last) return
    last = value
    if (value === null) element.removeAttribute(name)
    else element.setAttribute(name, value)
  }
}

/** Shows or hides an element that keeps its place. */
export function shownWriter(element: HTMLElement | SVGElement): (isShown: boolean) => void {
  let last = true
  return (isShown) => {
    if (isShown === last) return
    last = isShown
    element.toggleAttribute('hidden', !isShown)
  }
}

/** A new element with its class, inside `parent`. */
export function put<K extends keyof HTMLElementTagNameMap>(
  parent: Element,
  tag: K,
  className?: string,
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  if (className) element.className = className
  parent.append(element)
  return element
}

const svgNamespace = 'http://www.w3.org/2000/svg'

/** A new SVG element with its attributes, inside `parent`. */
export function putSvg<K extends keyof SVGElementTagNameMap>(
  parent: Element,
  tag: K,
  attributes: Record<string, string> = {},
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(svgNamespace, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  parent.append(element)
  return element
}
