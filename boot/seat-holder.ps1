#Requires -Version 5.1
#Requires -RunAsAdministrator
<#
.SYNOPSIS
The holder of a seat, run as SYSTEM each minute: makes the group that Windows lets in by remote desktop hold whom guestinfo names,
and nobody else.
.DESCRIPTION
Does what seat-holder.sh does, with the same guestinfo. Administrators need no group. Wants VMware Tools.
#>
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

$Prefix = 'guestinfo.postazioni'
$Tools = Join-Path $env:ProgramFiles 'VMware\VMware Tools\vmtoolsd.exe'
$Source = 'Postazioni'
# Microsoft, "Well-known SIDs": Remote Desktop Users, which each language of Windows names otherwise.
$GroupSid = 'S-1-5-32-555'

function Read-Guestinfo([string]$Name) {
    $ErrorActionPreference = 'SilentlyContinue'
    $value = & $Tools --cmd "info-get $Prefix.$Name" 2>$null
    if ($LASTEXITCODE -ne 0 -or $null -eq $value) { return '' }
    return ([string]$value).Trim()
}

function Stop-Here([string]$Text) {
    if (-not [Diagnostics.EventLog]::SourceExists($Source)) { New-EventLog -LogName Application -Source $Source }
    Write-EventLog -LogName Application -Source $Source -EntryType Warning -EventId 1 -Message $Text
    [Console]::Error.WriteLine("postazioni: $Text")
    exit 1
}

# By way of its SID: the domain's short name is not the one that this machine joined by.
function Get-MemberPath([string]$Login) {
    $domain = (Get-CimInstance Win32_ComputerSystem).Domain
    $sid = (New-Object Security.Principal.NTAccount "$domain\$Login").Translate([Security.Principal.SecurityIdentifier])
    $account = $sid.Translate([Security.Principal.NTAccount]).Value
    return 'WinNT://' + $account.Replace('\', '/')
}

$holder = Read-Guestinfo holder
if ($holder -eq '') { exit 0 }
if ($holder -cnotmatch '\A([A-Z0-9]+|nobody)\z') {
    Stop-Here "$Prefix.holder is not as it is written by 'secrets first': Remote Desktop Users stays as it is"
}
$name = (New-Object Security.Principal.SecurityIdentifier $GroupSid).Translate([Security.Principal.NTAccount]).Value
$group = New-Object DirectoryServices.DirectoryEntry "WinNT://./$(Split-Path -Leaf $name),group"
$isIn = $false
foreach ($member in @($group.Invoke('Members'))) {
    # As ADSI names it: WinNT://VDI/PO900001; an account that the directory has no longer is its SID.
    $path = (New-Object DirectoryServices.DirectoryEntry $member).Path
    if ((Split-Path -Leaf $path) -eq $holder) { $isIn = $true } else { $group.Invoke('Remove', $path) | Out-Null }
}
if ($isIn -or $holder -eq 'nobody') { exit 0 }
try {
    $group.Invoke('Add', (Get-MemberPath $holder)) | Out-Null
} catch {
    Stop-Here "no login of $holder is known here: nobody gets in ($($_.Exception.Message))"
}
