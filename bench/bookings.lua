-- What wrk books: transfers of a cent between accounts, by an operator's session.
--
-- BENCH_DATA: the folder that bench/accounts.c filled. BENCH_ACCOUNTS=1: the business pays everybody,
-- else people pay each other. BENCH_LINES: transfers a request, 0 for one by itself under a key of its own.
-- BENCH_KEYS=yes: each line of a batch has a key, too. What is said afterwards: see bench/load.lua.
-- Read next: bench/ledger.sh.
dofile("bench/load.lua")

local data = os.getenv("BENCH_DATA")
local hot = os.getenv("BENCH_ACCOUNTS") == "1"
local lines = tonumber(os.getenv("BENCH_LINES"))
each = math.max(lines, 1)
local keys = os.getenv("BENCH_KEYS") == "yes"
local BODIES = 200 -- that are prepared, so that wrk leaves the processors to the server
local bodies = {}
local headers = {["Content-Type"] = "application/json"}
local path = "/api/v1/desk/bookings" .. (lines > 0 and "/batch" or "")
local began = os.time()
local count = 0

local function read(file)
    local all = {}
    for line in io.lines(data .. "/" .. file) do
        all[#all + 1] = line
    end
    return all
end

local function transfer(people, business, at)
    local from, to = math.random(#people), math.random(#people - 1)
    to = to < from and to or to + 1
    return string.format('{"from":"%s","from_purpose":"%s","to":"%s","to_purpose":"earnings",'
        .. '"amount":{"minor":1,"currency":"EUR"},"reason":"transfer"%s}',
        hot and business or people[from], hot and "wallet" or "earnings", people[to],
        keys and ',"key":"@-' .. at .. '"' or "")
end

function init()
    local people, business = read("people"), read("business")[1]
    math.randomseed(os.time() * 10 + name)
    headers["Authorization"] = "Bearer " .. read("session")[1]
    for i = 1, lines > 0 and BODIES or 100 * BODIES do
        local all = {}
        for at = 1, math.max(lines, 1) do
            all[at] = transfer(people, business, at)
        end
        bodies[i] = lines > 0 and '{"each":false,"lines":[' .. table.concat(all, ",") .. "]}" or all[1]
    end
end

function request()
    local body = bodies[math.random(#bodies)]
    count = count + 1
    local key = string.format("%d-%d-%d", began, name, count)
    if lines == 0 then
        headers["Idempotency-Key"] = key
    elseif keys then
        body = body:gsub("@", key)
    end
    return wrk.format("POST", path, headers, body)
end
