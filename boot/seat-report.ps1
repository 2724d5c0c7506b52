#Requires -Version 5.1
#Requires -RunAsAdministrator
<#
.SYNOPSIS
A seat's report, run as SYSTEM each minute: how many sessions people have here, and whether the seat can be worked at.
.DESCRIPTION
Does what seat-report.sh does, and writes the same guestinfo. Wants VMware Tools.
#>
Set-StrictMode -Version 2
$ErrorActionPreference = 'SilentlyContinue'

$Prefix = 'guestinfo.postazioni'
# RDP: [MS-RDPBCGR] 1.3.1.1, the port that servers listen on.
$RdpPort = 3389
# Administrators' alone.
$Key = 'HKLM:\SOFTWARE\Postazioni\Seat'
$Tools = Join-Path $env:ProgramFiles 'VMware\VMware Tools\vmtoolsd.exe'

# Sessions of people, connected or not: quser writes a line for each below its heading, and fails where there is none.
function Get-SessionCount {
    $lines = @(& quser.exe 2>$null)
    if ($lines.Count -eq 0) { return 0 }
    return $lines.Count - 1
}

function Get-Health {
    $state = & $Tools --cmd "info-get $Prefix.state" 2>$null
    if ($state -eq 'joined' -and @(Get-NetTCPConnection -LocalPort $RdpPort -State Listen).Count -gt 0) { return 'healthy' }
    return 'unhealthy'
}

# When this seat was used last: now, where it is; 0 where it never was. Guestinfo does not outlive the machine's power.
function Get-LastUse([int]$Sessions, [long]$Now) {
    if ($Sessions -gt 0) {
        New-Item -Path $Key -Force | Out-Null
        Set-ItemProperty -Path $Key -Name 'Used' -Value ([string]$Now)
    }
    $used = (Get-ItemProperty -Path $Key -Name 'Used').Used
    if ($null -eq $used) { return '0' }
    return $used
}

# Without quser, as in a Home edition, nobody can tell, and nothing is said.
if ($null -eq (Get-Command quser.exe)) { exit 1 }
$sessions = Get-SessionCount
$now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
$report = '{0} {1} {2} {3}' -f $sessions, (Get-Health), $now, (Get-LastUse $sessions $now)
& $Tools --cmd "info-set $Prefix.report $report" 2>$null | Out-Null
