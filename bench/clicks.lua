-- Which links wrk follows: BENCH_SPREAD is hot, zipf or uniform, of BENCH_LINKS links; says its figures as
-- bench/load.lua does. Read next: bench/clicks.sh.

local spread = os.getenv("BENCH_SPREAD") or "hot"
local links = tonumber(os.getenv("BENCH_LINKS") or "1")
local form = os.getenv("BENCH_FORM") or "/r/L%07d"
local agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
local threads = 0
local requests = {}

function setup(thread)
    threads = threads + 1
    thread:set("name", threads)
end

-- Zipf with exponent 1: the harmonic sums, looked up by halving.
local function zipf_numbers(count)
    local sums, sum, out = {}, 0, {}
    for i = 1, links do
        sum = sum + 1 / i
        sums[i] = sum
    end
    for i = 1, count do
        local wanted, low, high = math.random() * sum, 1, links
        while low < high do
            local middle = math.floor((low + high) / 2)
            if sums[middle] < wanted then low = middle + 1 else high = middle end
        end
        out[i] = low - 1
    end
    return out
end

local at = 0

-- Requests are written once, so that the client costs little: as many as a run may need of links in a row.
function init()
    math.randomseed(os.time() * 10 + name)
    local count = spread == "hot" and 1 or 200000
    local numbers = spread == "zipf" and zipf_numbers(count) or nil
    for i = 1, count do
        local number = numbers and numbers[i] or spread == "hot" and 0 or math.random(0, links - 1)
        requests[i] = wrk.format("GET", string.format(form, number), {["User-Agent"] = agent})
    end
end

function request()
    at = at % #requests + 1
    return requests[at]
end

function done(summary, latency)
    local wrong = summary.errors.status + summary.errors.connect + summary.errors.read
        + summary.errors.write + summary.errors.timeout
    io.write(string.format("RESULT %.0f %.3f %.3f %d %d\n", summary.requests / summary.duration * 1e6,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, wrong, summary.requests))
end
