-- What Splash does with a page: it gets the page's HTML as it was fetched, runs its scripts, and returns what they made
-- of it, with the number of documents that the outlet could not give them just now.
-- args.page: the HTML; args.url: its address; args.allowed_prefixes: how addresses begin that its scripts may ask for;
-- args.idle_seconds: seconds without a request after which it is finished; args.max_wait: seconds after which it is
-- finished in any case; args.script_timeout: seconds for one script; args.user_agent.

local STEP_SECONDS = 0.05
local ABORTED = "network301" -- of a frame whose address is not allowed; the page itself is there

local function is_allowed(url, prefixes)
  for _, prefix in ipairs(prefixes) do
    if string.sub(url, 1, string.len(prefix)) == prefix then return true end
  end
  return false
end

function main(splash, args)
  splash.images_enabled = false
  splash.resource_timeout = args.script_timeout
  splash:set_user_agent(args.user_agent)
  local requested, pending, missing = 0, 0, 0
  splash:on_request(function(request)
    local is_style = string.find(request.url, ".css", 1, true)
    if is_allowed(request.url, args.allowed_prefixes) and not is_style then
      requested, pending = requested + 1, pending + 1
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
  local is_loaded, reason = splash:set_content(args.page, "text/html; charset=utf-8", args.url)
  assert(is_loaded or reason == ABORTED, reason)
  local waited, idle, before = 0, 0, requested
  repeat
    splash:wait(STEP_SECONDS)
    waited, idle = waited + STEP_SECONDS, idle + STEP_SECONDS
    if pending > 0 or requested > before then idle, before = 0, requested end
  until idle >= args.idle_seconds or waited >= args.max_wait
  return {html = splash:html(), url = splash:url(), missing = missing}
end
