// The account weather map. data: {label, dense, groups: [[region, [[code, name, score, level, word], ...]], ...]}
// One tab stop for the whole map; arrow keys move, Enter and Space open, as in a grid.
const tags = (tag, className, text) => {
  const node = document.createElement(tag)
  if (className) node.className = className
  if (text !== undefined) node.textContent = text
  return node
}

const tile = ([code, name, score, level, word]) => {
  const button = tags("button", level)
  button.type = "button"
  button.tabIndex = -1
  button.dataset.code = code
  button.setAttribute("aria-label", `${name}, ${score}, ${word}`)
  const value = tags("span", "v", score)
  value.append(tags("i", `wx ${level}`))
  button.append(tags("span", "n", name), value)
  return button
}

const perRow = (buttons) => {
  const top = buttons[0].getBoundingClientRect().top
  const first = buttons.findIndex((b) => b.getBoundingClientRect().top > top + 1)
  return first < 0 ? buttons.length : first
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".tiles")
  const held = root.querySelector("button[tabindex='0']")?.dataset.code
  const hadFocus = root.contains(root.getRootNode().activeElement)
  root.classList.toggle("dense", data.dense)
  root.setAttribute("aria-label", data.label)
  root.setAttribute("role", "group")
  root.replaceChildren(
    ...data.groups.flatMap(([region, list]) => [...(region ? [tags("h3", "", region)] : []), ...list.map(tile)]),
  )
  const buttons = [...root.querySelectorAll("button")]
  if (!buttons.length) return
  const now = buttons.find((b) => b.dataset.code === held) ?? buttons[0]
  now.tabIndex = 0
  if (hadFocus) now.focus({ preventScroll: true })

  root.onclick = (event) => {
    const button = event.target.closest("button")
    if (button) setTriggerValue("picked", button.dataset.code)
  }
  root.onkeydown = (event) => {
    const at = buttons.indexOf(event.target.closest("button"))
    const move = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: perRow(buttons), ArrowUp: -perRow(buttons) }[event.key]
    const to = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : at + move
    if (at < 0 || !buttons[to]) return
    event.preventDefault()
    buttons[at].tabIndex = -1
    buttons[to].tabIndex = 0
    buttons[to].focus()
  }
}
