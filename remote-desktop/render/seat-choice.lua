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

local sorted = {}
-- Names of a pool's seats in the order of their numbers, so that the last ones are those that are left over.
local function seats_of(pool)
  if sorted[pool] == nil then
    local names = {}
    for name in pairs(core.proxies[pool].servers) do
      if name ~= "nobody" then names[#names + 1] = name end
    end
    table.sort(names)
    sorted[pool] = names
  end
  return sorted[pool]
end

local function number_of(seat) return tonumber(seat:match("%d+$")) end

local function seat_with(pool, number)
  for _, seat in ipairs(seats_of(pool)) do
    if number_of(seat) == number then return seat end
  end
end

local function answers(fetches, pool, seat) return yes(fetches:srv_is_up(pool .. "/" .. seat)) end

-- The seat that is kept for somebody. One that does not answer any more is not given, and stays kept for its time.
local function own_seat(fetches, pool, who)
  local entry = core.proxies[pool].stktable:lookup(who)
  if entry == nil or entry.gpt0 == nil or entry.gpt0 == 0 then return nil end
  local seat = seat_with(pool, entry.gpt0)
  if seat ~= nil and answers(fetches, pool, seat) then return seat end
end

local function free_seat(fetches, pool)
  local kept = core.proxies[pool .. "_seats"].stktable
  local servers = core.proxies[pool].servers
  for _, seat in ipairs(seats_of(pool)) do
    if kept:lookup(seat) == nil and not yes(servers[seat]:is_draining()) and answers(fetches, pool, seat) then
      return seat
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
  local fetches = txn.f
  if yes(fetches:stopping()) then return end
  local who = txn:get_var("txn.token"):match("/(.*)$")
  for _, choose in ipairs({ function(pool) return own_seat(fetches, pool, who) end, function(pool) return free_seat(fetches, pool) end }) do
    for pool in pools:gmatch("[^,]+") do
      local seat = choose(pool)
      if seat ~= nil then return give(txn, pool, seat) end
    end
  end
end, 1)
