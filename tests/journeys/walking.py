"""Walks a page by Tab alone, as somebody without a mouse does, and says what is amiss."""

# Laid down before the walk: what Tab should come to, in the order of the page, and its looks.
PREPARE = """() => {
  const kinds = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]'
  const start = each => each.outerHTML.slice(0, 90)
  const shown = each => each.checkVisibility({visibilityProperty: true})
  const chosen = each => {
    if (each.type !== 'radio') return true
    const form = each.form || document
    const group = [...form.querySelectorAll('input[type=radio]')].filter(
      other => other.name === each.name && !other.disabled)
    return each === (group.find(other => other.checked) || group[0])
  }
  // A field that takes the focus by itself would have the walk begin in the middle.
  document.activeElement.blur()
  location.hash = '#top'
  window.walked = [...document.querySelectorAll(kinds)].filter(
    each => each.tabIndex >= 0 && !each.disabled && shown(each) && chosen(each))
  window.looks = each => {
    const style = getComputedStyle(each)
    const outline = style.outlineStyle === 'none' ? '' :
      [style.outlineStyle, style.outlineWidth, style.outlineColor].join(' ')
    return [outline, style.boxShadow].join('; ')
  }
  window.atRest = window.walked.map(window.looks)
  const boxes = [...document.querySelectorAll('body *')].filter(each => {
    const style = getComputedStyle(each)
    const scrolls = way => ['auto', 'scroll'].includes(way)
    return shown(each) && each.tagName !== 'TEXTAREA' && (
      scrolls(style.overflowX) && each.scrollWidth > each.clientWidth + 1 ||
      scrolls(style.overflowY) && each.scrollHeight > each.clientHeight + 1)
  })
  return {
    stops: window.walked.map(start),
    jumped: window.walked.filter(each => each.tabIndex > 0).map(start),
    closed: boxes.filter(each => each.tabIndex < 0).map(start),
  }
}"""

# Asked at every stop: its place in the list, and whether one can see where one is.
STOP = """() => {
  const here = document.activeElement
  if (!here || here === document.body) return {place: null}
  const place = window.walked.indexOf(here)
  const box = here.getBoundingClientRect()
  const within = (low, value, high) => Math.min(Math.max(low, value), high)
  const xs = [box.left + 2, box.left + box.width / 2, box.right - 2]
  const ys = [box.top + 2, box.top + box.height / 2, box.bottom - 2]
  const seen = xs.some(x => ys.some(y => {
    const at = document.elementFromPoint(
      within(0, x, innerWidth - 1), within(0, y, innerHeight - 1))
    return at && (here.contains(at) || [...(here.labels || [])].some(label => label.contains(at)))
  }))
  return {
    place, seen, html: here.outerHTML.slice(0, 90),
    marked: place < 0 || window.looks(here) !== window.atRest[place],
    within: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  }
}"""


def what_is_wrong(page):
    """Walk from the top of a page that has just been loaded, and once round."""
    page.emulate_media(reduced_motion="reduce")
    plan = page.evaluate(PREPARE)
    wrong = [f"a tabindex of its own: {each}" for each in plan["jumped"]]
    wrong += [f"a box that scrolls and takes no focus: {each}" for each in plan["closed"]]
    places = []
    # A field for a date has several stops of its own.
    for _ in range(4 * len(plan["stops"]) + 10):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        # Behind the last stop is the browser's own bar, and then the page again.
        if stop["place"] is None or (len(places) > 1 and stop["place"] == places[0]):
            break
        if not (places and places[-1] == stop["place"]):
            places.append(stop["place"])
            wrong += _amiss(stop)
    else:
        wrong.append("no end: the last stops were " + str(places[-5:]))
    return [*wrong, *_out_of_order(places, plan["stops"])]


def _amiss(stop):
    if stop["place"] < 0:
        yield f"a stop that was not foreseen: {stop['html']}"
    if not stop["marked"]:
        yield f"looks the same with the focus: {stop['html']}"
    if not (stop["within"] and stop["seen"]):
        yield f"has the focus out of sight: {stop['html']}"


def _out_of_order(places, stops):
    if not stops or 'class="skip-' not in stops[places[0] if places else 0]:
        yield "the skip link is not the first stop"
    if places != sorted(places):
        yield f"not in the order of the page: {places}"
    for place in sorted(set(range(len(stops))) - set(places)):
        yield f"never reached: {stops[place]}"
