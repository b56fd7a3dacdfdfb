-- HTML files to Typst files, many in one process. Usage: pandoc lua typst.lua LIST
-- LIST has one line per document: path of the HTML, path of the Typst file to write, ltr or rtl; tabs between.
--
-- pandoc's Typst writer drops the class of divs, the language of spans and the alternative text of pictures. What needs
-- them becomes a call of a function of document.typ here; everything else is left to the writer. Text that reaches Typst
-- as a string is quoted, so that no word of an author can become code.

local main = 'ltr' -- the direction of the document at hand
local RTL = { ar = true, fa = true, he = true, ur = true, ps = true, dv = true, yi = true }

-- Divs and spans that document.typ draws, by class. An element may have several: the first found is the function.
local BLOCKS = { 'step', 'steps', 'commitment', 'report', 'words', 'facts', 'ways', 'flags', 'instruction', 'lead', 'purpose',
  'notice', 'official', 'result', 'reported', 'matrix', 'indicators', 'budget', 'control', 'promises', 'counts', 'changes',
  'principles', 'people', 'wide', 'page', 'history', 'ended',
  'picture', 'picture-title', 'picture-note', 'finding', 'twin-timeline', 'twin-budget', 'twin-progress', 'twin-indicators' }
local SPANS = { 'number', 'flag', 'status', 'state', 'when', 'go', 'outdated', 'checkbox', 'unit' }

-- Shares of the width for the columns of our own tables; those of authors are as wide as their words.
local WIDTHS = {
  matrix = { .07, .29, .10, .15, .11, .17, .11 },
  indicators = { .40, .15, .19, .26 },
  budget = { .30, .28, .24, .18 },
  control = { .30, .70 },
  promises = { .12, .66, .22 },
  changes = { .14, .26, .60 },
  ['twin-timeline'] = { .44, .17, .22, .17 },
  ['twin-indicators'] = { .46, .16, .20, .18 },
}

local function quoted(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"'):gsub('[\r\n]', ' ') .. '"'
end

local function direction(attributes)
  if attributes.dir == 'rtl' or attributes.dir == 'ltr' then return attributes.dir end
  return RTL[attributes.lang:match('^%a+')] and 'rtl' or 'ltr'
end

-- `lang: "fr", region: "CD"`
local function language(attributes)
  local code = attributes.lang:match('^%a+')
  local region = attributes.lang:match('%-(%u%u)$')
  return 'lang: ' .. quoted(code) .. (region and (', region: ' .. quoted(region)) or '')
end

local function known(classes, names)
  for _, name in ipairs(names) do
    if classes:includes(name) then return name end
  end
end

local function array(classes)
  local parts = {}
  for _, name in ipairs(classes) do parts[#parts + 1] = quoted(name) end
  return '(' .. table.concat(parts, ', ') .. (#parts == 1 and ',' or '') .. ')'
end

local function label(id)
  return id ~= '' and ('#label(' .. quoted(id) .. ')') or ''
end

-- Levels without jumps, siblings kept siblings: PDF/UA-1 7.4.2 forbids going from 1 to 3.
local function levelled(document)
  local open = {}
  return document:walk {
    Header = function(header)
      while #open > 0 and open[#open] >= header.level do open[#open] = nil end
      open[#open + 1] = header.level
      header.level = #open
      header.classes = {}
      return header
    end,
  }
end

-- pandoc drops a heading's language too.
local function in_language(header)
  if not header.attributes.lang then return nil end
  local span = pandoc.Span(header.content, pandoc.Attr('', {}, { lang = header.attributes.lang, dir = header.attributes.dir }))
  header.content = { span }
  header.attributes = {}
  return header
end

-- Python-Markdown's footnotes are links to a list at the end; on paper they are notes.
local function with_footnotes(document)
  local notes = {}
  document:walk {
    Div = function(div)
      if div.identifier:match('%.fn:[^.]*$') then notes[div.identifier] = div.content end
    end,
  }
  return document:walk {
    Div = function(div) if div.classes:includes('footnote') then return {} end end,
    Superscript = function(mark)
      local link = mark.content[1]
      if link and link.t == 'Link' and notes[link.target:sub(2)] then
        return pandoc.Note(notes[link.target:sub(2)])
      end
    end,
  }
end

local function inlines(before, content, after)
  local result = pandoc.Inlines { pandoc.RawInline('typst', before) }
  result:extend(content)
  result:insert(pandoc.RawInline('typst', after))
  return result
end

local function blocks(before, content, after)
  local result = pandoc.Blocks { pandoc.RawBlock('typst', before) }
  result:extend(content)
  result:insert(pandoc.RawBlock('typst', after))
  return result
end

local function picture(image)
  if image.src:match('%.json$') then -- shapes of a drawing of ours: tree.py
    return 'drawing(' .. quoted(image.src) .. ', alt: ' .. quoted(pandoc.utils.stringify(image.caption)) .. ')'
  end
  local width = image.attributes.width
  width = width and width:match('^%d+%%$')
  return 'image(' .. quoted(image.src) .. ', alt: ' .. quoted(pandoc.utils.stringify(image.caption))
    .. (width and (', width: ' .. width) or '') .. ')'
end

local drawn = {
  -- Typst reads `--`, `...`, `-?` and `-1` as other characters; an official text keeps its own.
  Str = function(str)
    if str.text:find('%-%-') or str.text:find('%.%.%.') or str.text:find('%-[%d?]') then
      return pandoc.RawInline('typst', '#' .. quoted(str.text) .. ';')
    end
  end,
  -- A drawing is a block; a picture stands in its line.
  Image = function(image)
    local call = picture(image)
    return pandoc.RawInline('typst', image.src:match('%.json$') and ('#' .. call .. ';') or ('#box(' .. call .. ')'))
  end,
  Span = function(span)
    local name = known(span.classes, SPANS)
    local content = span.content
    if span.classes:includes('ltr') or span.classes:includes('number-ltr') then content = inlines('#isolate[', content, ']') end
    if name then content = inlines('#fp-' .. name .. '(' .. array(span.classes) .. ')[', content, ']') end
    if span.attributes.lang then
      -- Words in a line of another direction are isolated (UAX #9, 2.7): else their neighbours join their run, and a
      -- list of acronyms reads backwards. A direction set on the text would turn the whole paragraph.
      if main == 'rtl' or direction(span.attributes) ~= main then
        content = pandoc.Inlines { pandoc.Str(direction(span.attributes) == 'rtl' and '\u{2067}' or '\u{2066}') }
          .. content .. pandoc.Inlines { pandoc.Str '\u{2069}' }
      end
      content = inlines('#text(' .. language(span.attributes) .. ')[', content, ']')
    end
    if span.identifier ~= '' then content = inlines('#anchor(' .. quoted(span.identifier) .. ')', content, '') end
    return content
  end,
  Div = function(div)
    local content = div.content
    if div.classes:includes('admonition') and content[1] then
      local title = content[1].content
      content:remove(1)
      local call = blocks('#callout(' .. array(div.classes) .. ', [', { pandoc.Plain(title) }, '], [')
      call:extend(content)
      call:insert(pandoc.RawBlock('typst', '])'))
      content = call
    else
      local name = known(div.classes, BLOCKS)
      local first = content[1]
      if first and first.t == 'Table' and WIDTHS[name] and #WIDTHS[name] == #first.colspecs then
        for index, column in ipairs(first.colspecs) do column[2] = WIDTHS[name][index] end
      end
      if name then
        content = blocks('#fp-' .. name .. '(' .. array(div.classes) .. ')[', content, ']' .. label(div.identifier))
      elseif div.identifier ~= '' then
        content = blocks('#anchor(' .. quoted(div.identifier) .. ')', content, '')
      end
    end
    if div.attributes.lang then
      content = blocks('#[#set text(' .. language(div.attributes) .. ', dir: ' .. direction(div.attributes) .. ')', content, ']')
    end
    return content
  end,
  -- Widths are the template's affair: percentages of pandoc would make every column equal.
  Table = function(tbl)
    for _, column in ipairs(tbl.colspecs) do column[2] = nil end
    tbl.identifier = ''
    return tbl
  end,
  RawInline = function(raw) if raw.format ~= 'typst' then return {} end end,
  RawBlock = function(raw) if raw.format ~= 'typst' then return {} end end,
}

for line in io.lines(arg[1]) do
  local source, target, way = line:match('^(.-)\t(.-)\t(.*)$')
  main = way
  local file = assert(io.open(source, 'rb'))
  local text = file:read('a')
  file:close()
  local document = pandoc.read(text, 'html', pandoc.ReaderOptions {})
  document = with_footnotes(levelled(document)):walk { Header = in_language }:walk(drawn)
  local out = assert(io.open(target, 'wb'))
  out:write(pandoc.write(document, 'typst-smart', pandoc.WriterOptions { columns = 9999, wrap_text = 'none' }))
  out:close()
end
