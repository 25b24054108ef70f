-- Orders that wrk tells of, each by a partner's code: each is judged, and paid on three levels.
--
-- BENCH_DATA: the folder that bench/conversions.c filled, with BENCH_PARTNERS partners. BENCH_LINES: orders a request,
-- 0 for one by itself. BENCH_BULK: the path of many. What is said afterwards: see bench/load.lua.
-- Read next: bench/conversions.sh.
dofile("bench/load.lua")

local data = os.getenv("BENCH_DATA")
local partners = tonumber(os.getenv("BENCH_PARTNERS"))
local lines = tonumber(os.getenv("BENCH_LINES"))
local bulk = os.getenv("BENCH_BULK")
each = math.max(lines, 1)
local headers = {["Content-Type"] = "application/json"}
local began = os.time()
local count = 0

function init()
    math.randomseed(os.time() * 10 + name)
    for line in io.lines(data .. "/session") do
        headers["Authorization"] = "Bearer " .. line
    end
end

local function order()
    count = count + 1
    return string.format('{"order":{"number":"%d-%d-%d","placed":"%s","customer":"c%d",'
        .. '"total":{"minor":%d,"currency":"EUR"},"codes":["P%05d"]}}', began, name, count,
        os.date("!%Y-%m-%dT%H:%M:%SZ"), math.random(1, 100000000), math.random(500, 20000),
        3 * math.random(1, partners / 3) - 1)
end

function request()
    if lines == 0 then
        return wrk.format("POST", "/api/v1/referrals/orders", headers, order())
    end
    local all = {}
    for i = 1, lines do
        all[i] = order()
    end
    return wrk.format("POST", bulk, headers, '{"lines":[' .. table.concat(all, ",") .. "]}")
end
