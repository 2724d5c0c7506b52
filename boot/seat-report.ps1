#Requires -Version 5.1
#Requires -RunAsAdministrator
<#
.SYNOPSIS
A seat's report, run as SYSTEM each minute: how many sessions people have here, and whether the seat can be worked at. It shows
people the notice that a deployment has for them, once.
.DESCRIPTION
Does what seat-report.sh does, and writes the same guestinfo: it closes a seat of a pool with refresh, too, once its person left it
for longer than his place is kept, and while 'refresh' is about to shut it down. The notice is shown by msg.exe (Microsoft, "msg"). Wants VMware Tools.
#>
Set-StrictMode -Version 2
$ErrorActionPreference = 'SilentlyContinue'

$Prefix = 'guestinfo.postazioni'
# RDP: [MS-RDPBCGR] 1.3.1.1, the port that servers listen on.
$RdpPort = 3389
# Administrators' alone.
$Key = 'HKLM:\SOFTWARE\Postazioni\Seat'
# A rule of Windows' firewall, which blocks before any other allows.
$Closed = 'Postazioni-Closed'
$Tools = Join-Path $env:ProgramFiles 'VMware\VMware Tools\vmtoolsd.exe'

# Sessions of people, connected or not: quser writes a line for each below its heading, and fails where there is none. It fails too
# where it is not answered: somebody's desktop tells one from the other.
function Get-SessionCount {
    $lines = @(& quser.exe 2>$null)
    if ($lines.Count -gt 0) { return $lines.Count - 1 }
    if (@(Get-Process -Name 'explorer').Count -gt 0) { exit 1 }
    return 0
}

# A value of this seat's own; empty where there is none. Strict mode knows no property of nothing.
function Get-Kept([string]$Name) {
    $values = if (Test-Path $Key) { Get-ItemProperty $Key } else { $null }
    if ($null -eq $values -or $null -eq $values.PSObject.Properties[$Name]) { return '' }
    return [string]$values.$Name
}

# A key that is there stays: New-Item -Force would make it anew, without its values.
function Set-Kept([string]$Name, [string]$Value) {
    if (-not (Test-Path $Key)) { New-Item $Key -Force | Out-Null }
    Set-ItemProperty $Key $Name $Value
    if ((Get-Kept $Name) -ne $Value) { exit 1 }
}

function Get-Health {
    $state = & $Tools --cmd "info-get $Prefix.state" 2>$null
    if ($state -eq 'joined' -and @(Get-NetTCPConnection -LocalPort $RdpPort -State Listen).Count -gt 0) { return 'healthy' }
    return 'unhealthy'
}

# When this seat was used last: now, where it is; 0 where it never was. Guestinfo does not outlive the machine's power. A time that is
# none, or yet to come, as the clock was ahead, says that somebody was here.
function Get-LastUse([int]$Sessions, [long]$Now) {
    if ($Sessions -gt 0) { Set-Kept 'Used' ([string]$Now) }
    $used = Get-Kept 'Used'
    if ($used -eq '') { return [long]0 }
    if ($used -notmatch '^[0-9]{1,11}$' -or [long]$used -gt $Now) {
        Set-Kept 'Used' ([string]$Now)
        return $Now
    }
    return [long]$used
}

# Whether this seat's pool has refresh: the minutes for which a person's place is kept, otherwise -1.
function Get-ReturnMinutes {
    $minutes = & $Tools --cmd "info-get $Prefix.return-minutes" 2>$null
    if ($minutes -match '^[0-9]+$') { return [int]$minutes }
    return -1
}

# Every 30 days Windows changes the password of its account in the domain (Microsoft, "Domain member: Disable machine account
# password changes"). A revert would bring the former one back, and nobody of the domain could log in.
function Set-PasswordKept {
    Set-ItemProperty -Path 'HKLM:\SYSTEM\CurrentControlSet\Services\Netlogon\Parameters' -Name 'DisablePasswordChange' -Value 1 -Type DWord
}

# Whether somebody was here, nobody is, and his minutes are over since. A seat without a mark of 'refresh' stays as it is.
function Test-Left([int]$Minutes, [int]$Sessions, [long]$Now, [long]$Last) {
    $mark = & $Tools --cmd "info-get $Prefix.refresh" 2>$null
    return [bool]$mark -and $Sessions -eq 0 -and $Last -gt 0 -and $Now -ge $Last + 60 * $Minutes
}

# Whether 'refresh' is at work with this seat, until the time that it says. It claims no seat for longer than an hour, and clocks
# may differ by five minutes.
function Test-Claimed([long]$Now) {
    $until = [string](& $Tools --cmd "info-get $Prefix.refreshing" 2>$null)
    return $until -match '^[0-9]{1,11}$' -and $Now -lt [long]$until -and [long]$until -le $Now + 3900
}

# Whether the seat is to take nobody.
function Test-Due([int]$Minutes, [int]$Sessions, [long]$Now, [long]$Last) {
    if ($Minutes -ge 0 -and (Test-Left $Minutes $Sessions $Now $Last)) { return $true }
    return $Sessions -eq 0 -and (Test-Claimed $Now)
}

# The rule stays through a restart, and goes with what a revert takes back. Where a policy lets no rule of the machine's count, the
# seat is not closed, and says nothing.
function Set-Closed([bool]$Closes) {
    $there = @(Get-NetFirewallRule -Name $Closed).Count -gt 0
    if ($Closes -and -not $there) {
        New-NetFirewallRule -Name $Closed -DisplayName $Closed -Direction Inbound -Protocol TCP -LocalPort $RdpPort -Action Block | Out-Null
    }
    if (-not $Closes -and $there) { Remove-NetFirewallRule -Name $Closed }
    if ($Closes -and @(Get-NetFirewallRule -Name $Closed -PolicyStore ActiveStore).Count -eq 0) { exit 1 }
}

# Shows a new notice in every session, for an hour: its first word is its number, the rest its text in base64.
function Show-Notice {
    $value = [string](& $Tools --cmd "info-get $Prefix.notice" 2>$null)
    if ($value -eq (Get-Kept 'Notice')) { return }
    Set-Kept 'Notice' $value
    $words = $value -split ' ', 2
    if ($words.Count -lt 2) { return }
    $text = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($words[1]))
    if ($text -ne '') { & msg.exe * /TIME:3600 $text 2>$null | Out-Null }
}

# Without quser, as in a Home edition, nobody can tell, and nothing is said.
if ($null -eq (Get-Command quser.exe)) { exit 1 }
$sessions = Get-SessionCount
$now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
$last = Get-LastUse $sessions $now
$minutes = Get-ReturnMinutes
if ($minutes -ge 0) { Set-PasswordKept }
$due = Test-Due $minutes $sessions $now $last
Set-Closed $due
if ($due) {
    # Who was quicker stays.
    $sessions = Get-SessionCount
    $last = Get-LastUse $sessions $now
    $due = Test-Due $minutes $sessions $now $last
    Set-Closed $due
}
$health = if ($due) { 'closed' } else { Get-Health }
$report = '{0} {1} {2} {3}' -f $sessions, $health, $now, $last
& $Tools --cmd "info-set $Prefix.report $report" 2>$null | Out-Null
if ($sessions -gt 0) { Show-Notice }
