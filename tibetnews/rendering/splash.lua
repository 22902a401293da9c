-- What Splash does with a page: it is given the page's HTML as it was fetched, runs its scripts, and gives back what they
-- made of it, with the number of documents that the outlet could not give them just now. args.page: the HTML; args.url: its
-- address; args.places: the beginnings of the addresses that its scripts may ask for; args.quiet: seconds without a
-- request after which it is finished; args.patience: the most of them; args.script_timeout: seconds for one script.

local STEP = 0.05

local function is_allowed(url, places)
  for _, place in ipairs(places) do
    if string.sub(url, 1, string.len(place)) == place then return true end
  end
  return false
end

function main(splash, args)
  splash.images_enabled = false
  splash.resource_timeout = args.script_timeout
  splash:set_user_agent(args.user_agent)
  local asked, pending, missing = 0, 0, 0
  splash:on_request(function(request)
    local is_style = string.find(request.url, ".css", 1, true)
    if is_allowed(request.url, args.places) and not is_style then
      asked, pending = asked + 1, pending + 1
    else
      request:abort()
    end
  end)
  splash:on_response(function(response)
    if response.url == "" then return end  -- it was aborted above
    pending = pending - 1
    local status = response.status
    if status == 0 or status == 429 or status >= 500 then missing = missing + 1 end
  end)
  assert(splash:set_content(args.page, "text/html; charset=utf-8", args.url))
  local waited, quiet, before = 0, 0, asked
  repeat
    splash:wait(STEP)
    waited, quiet = waited + STEP, quiet + STEP
    if pending > 0 or asked > before then quiet, before = 0, asked end
  until quiet >= args.quiet or waited >= args.patience
  return {html = splash:html(), url = splash:url(), missing = missing}
end
