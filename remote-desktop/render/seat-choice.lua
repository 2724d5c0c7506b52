-- Which seat of a floating pool somebody gets: the one that is kept for him, or else the first that is kept for nobody, answers
-- and is not being drained. HAProxy's own balancing knows how many connections a seat has, and not for whom it is kept.
--
-- "tcp-request content lua.seat POOL,POOL..." sets txn.pool, txn.seat and txn.number, or nothing where all are taken. The rules
-- after it enter that in two tables: of the pool, by person, with the seat's number; of POOL_seats, by seat.
-- HAProxy has one thread, and nothing here waits between a look into the tables and those rules: no two people get one seat.

local LONGEST_WAIT_SECONDS = 8
local PAUSE_MS = 50

-- Fetches and methods answer 1 and 0, and in later versions true and false.
local function yes(answer) return answer == 1 or answer == true end

-- Number of this configuration: the process before has one less. access-agent.sh writes it, and enters it once this process
-- knows what the one before knew.
local function generation()
  local file = io.open("/etc/haproxy/postazioni/generation")
  if file == nil then return "" end
  local number = file:read("l")
  file:close()
  return number or ""
end

local OWN = "g" .. generation()
local knows, asked = false, nil

-- Until then a seat that somebody has would look free. At a first start there is no process before, and the other machine
-- tells within some seconds.
local function wait_until_it_knows()
  asked = asked or core.now().sec
  while not knows do
    local since = core.now().sec - asked
    knows = core.proxies.carried_over.stktable:lookup(OWN) ~= nil or since >= LONGEST_WAIT_SECONDS
    if not knows then core.msleep(PAUSE_MS) end
  end
end

core.register_task(wait_until_it_knows)

local LOOK_AGAIN_SECONDS = 5
local MS = 1000

local function number_of(seat) return tonumber(seat:match("%d+$")) end

local known = {}
-- A pool's seats in the order of their numbers, so that the last ones are those that are left over; by their numbers; and until
-- when one need not be looked at again.
local function seats_of(pool)
  if known[pool] == nil then
    local seats = { names = {}, by_number = {}, passed_until = {} }
    for name in pairs(core.proxies[pool].servers) do
      if name ~= "nobody" then
        table.insert(seats.names, name)
        seats.by_number[number_of(name)] = name
      end
    end
    table.sort(seats.names)
    known[pool] = seats
  end
  return known[pool]
end

-- By its status ("UP", "UP 2/3", "DRAIN", "DOWN", "MAINT (resolution)"): the fetch srv_is_up looks through all servers for a name.
local function answers(pool, seat)
  local status = core.proxies[pool].servers[seat]:get_stats().status
  return not status:find("^DOWN") and not status:find("^MAINT")
end

-- The seat that is kept for somebody. One that does not answer any more is not given, and stays kept for its time.
local function own_seat(pool, who)
  local entry = core.proxies[pool].stktable:lookup(who)
  if entry == nil or entry.gpt0 == nil or entry.gpt0 == 0 then return nil end
  local seat = seats_of(pool).by_number[entry.gpt0]
  if seat ~= nil and answers(pool, seat) then return seat end
end

-- A look takes some microseconds, and each arrival at a pool of 10,000 would take thousands of looks: one that is kept, whose entry
-- never ends before its time, or does not answer is passed over for some seconds.
local function free_seat(pool)
  local kept = core.proxies[pool .. "_seats"].stktable
  local servers = core.proxies[pool].servers
  local seats = seats_of(pool)
  local passed_until = seats.passed_until
  local now = core.now().sec
  for _, seat in ipairs(seats.names) do
    if (passed_until[seat] or 0) <= now then
      local entry = kept:lookup(seat)
      if entry ~= nil then
        passed_until[seat] = now + math.min(entry.expire // MS, LOOK_AGAIN_SECONDS)
      elseif not answers(pool, seat) then
        passed_until[seat] = now + LOOK_AGAIN_SECONDS
      elseif not yes(servers[seat]:is_draining()) and kept:lookup(seat) == nil then
        -- The second look: later versions of HAProxy let others run after get_stats.
        return seat
      end
    end
  end
end

local function give(txn, pool, seat)
  txn:set_var("txn.pool", pool)
  txn:set_var("txn.seat", seat)
  txn:set_var("txn.number", number_of(seat))
end

-- A process that ends gives nothing: its successor would not hear of it. The client asks that one next.
core.register_action("seat", { "tcp-req" }, function(txn, pools)
  wait_until_it_knows()
  if yes(txn.f:stopping()) then return end
  local who = txn:get_var("txn.token"):match("/(.*)$")
  for _, choose in ipairs({ own_seat, free_seat }) do
    for pool in pools:gmatch("[^,]+") do
      local seat = choose(pool, who)
      if seat ~= nil then return give(txn, pool, seat) end
    end
  end
end, 1)
