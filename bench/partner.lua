-- A partner's page, asked again and again: BENCH_PATH, by the session BENCH_SESSION_READER. What is said afterwards: see
-- bench/load.lua. Read next: bench/conversions.sh.
dofile("bench/load.lua")

local headers = {["Authorization"] = "Bearer " .. os.getenv("BENCH_SESSION_READER")}

function init() end

function request()
    return wrk.format("GET", os.getenv("BENCH_PATH"), headers)
end
