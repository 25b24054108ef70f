-- What wrk asks, and what it says afterwards in one line for run.sh.
--
-- BENCH_PATHS: a file with a path on each line, asked in a random order of its own by each thread.
-- BENCH_SESSION: with it each path is "PHOTO CENTS" and is bought under a new idempotency key.
-- Read next: bench/run.sh.

local paths = {}
local session = os.getenv("BENCH_SESSION")
local threads = 0
local count = 0
each = 1 -- what an answer counts for; other scripts change it

function setup(thread)
    threads = threads + 1
    thread:set("name", threads)
end

function init()
    for line in io.lines(os.getenv("BENCH_PATHS")) do
        paths[#paths + 1] = line
    end
    math.randomseed(os.time() * 10 + name)
end

function request()
    local path = paths[math.random(#paths)]
    if not session then
        return wrk.format("GET", path)
    end
    count = count + 1
    local photo, cents = path:match("(%S+) (%d+)")
    local headers = {
        ["Authorization"] = "Bearer " .. session,
        ["Content-Type"] = "application/json",
        ["Idempotency-Key"] = string.format("wrk-%d-%d-%d-%d", os.time(), name, count, math.random(1e9)),
    }
    local body = '{"licence":"standard","seen":{"minor":' .. cents .. ',"currency":"EUR"}}'
    return wrk.format("POST", "/api/v1/photos/" .. photo .. "/licences", headers, body)
end

-- rate per second, p50 and p99 in milliseconds, bytes an answer, answers that are no success
function done(summary, latency)
    local wrong = summary.errors.status + summary.errors.connect + summary.errors.read
        + summary.errors.write + summary.errors.timeout
    io.write(string.format("RESULT %.0f %.3f %.3f %.0f %d\n",
        summary.requests * each / summary.duration * 1e6, latency:percentile(50) / 1000,
        latency:percentile(99) / 1000, summary.bytes / summary.requests, wrong))
end
