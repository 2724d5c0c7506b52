#Requires -Version 5.1
#Requires -RunAsAdministrator
<#
.SYNOPSIS
A desktop's first login, run when a new machine boots: opens the wrapped secret id that lies in its guestinfo, logs in to
Vault with it, reads the account that joins machines of its pool to the domain, gives its token back, and joins.
.DESCRIPTION
Does what first-login.sh does, with the same guestinfo, paths, states and exit codes: README.md has them. Wants VMware Tools.
No secret is in an argument or in the environment of a program, in a file or in a log.
.PARAMETER WaitSeconds
How long it waits for its first secret, which is issued after the machine is made, and for the network.
.PARAMETER Restart
Restart once joined: Windows is a member of the domain only then.
#>
param([int]$WaitSeconds = 3600, [switch]$Restart)

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
# Windows PowerShell 5.1 alone would offer older versions.
[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
[Net.WebRequest]::DefaultWebProxy = $null

$Prefix = 'guestinfo.postazioni'
$PauseSeconds = 10
# How often it asks again while Vault has too many requests: five minutes and a half, on the average.
$BusyTries = 60
$TooManyRequests = 429
$Tools = Join-Path $env:ProgramFiles 'VMware\VMware Tools\vmtoolsd.exe'
$Source = 'Postazioni'

$Failed = 1
$NoFirstSecret = 2
$OpenedByAnother = 3
$Expired = 4
$NotJoined = 5

function Write-Told([string]$Kind, [string]$Text) {
    if (-not [Diagnostics.EventLog]::SourceExists($Source)) { New-EventLog -LogName Application -Source $Source }
    Write-EventLog -LogName Application -Source $Source -EntryType $Kind -EventId 1 -Message $Text
    [Console]::Error.WriteLine("postazioni: $Text")
}

function Read-Guestinfo([string]$Name) {
    # What it says on standard error of a value that is not there would be an error of this script's.
    $ErrorActionPreference = 'SilentlyContinue'
    $value = & $Tools --cmd "info-get $Prefix.$Name" 2>$null
    if ($LASTEXITCODE -ne 0 -or $null -eq $value) { return '' }
    return ([string]$value).Trim()
}

# A site may forbid guests to write their guestinfo (isolation.tools.setinfo.disable): then it stays as it is, used up.
function Write-Guestinfo([string]$Name, [string]$Value) {
    $ErrorActionPreference = 'SilentlyContinue'
    & $Tools --cmd "info-set $Prefix.$Name $Value" 2>$null | Out-Null
    if ($LASTEXITCODE -ne 0) {
        Write-Told Warning "$Prefix.$Name could not be written: whoever issues first secrets does not see what became of this one"
    }
}

# Says why, tells vCenter, and ends.
function Stop-Here([string]$Kind, [string]$Text, [string]$State, [int]$Code) {
    Write-Guestinfo state $State
    Write-Told $Kind $Text
    exit $Code
}

function Assert-Plain([string]$Name, [string]$Value) {
    if ($Value -cnotmatch '\A[A-Za-z0-9._-]+\z') {
        Stop-Here Error "$Prefix.$Name is missing or not as it is written by 'secrets first'" failed $Failed
    }
}

# The answer and its HTTP status; asks again while Vault cannot be reached at all or has too many requests, as when many
# machines start together: after other pauses than theirs. Of what was refused so, nothing was done.
function Invoke-Vault([string]$Method, [string]$Path, [string]$Token, [string]$Body) {
    $headers = @{ 'X-Vault-Request' = 'true' }
    if ($Token -ne '') { $headers['X-Vault-Token'] = $Token }
    $call = @{ Uri = "$vault/v1/$Path"; Method = $Method; Headers = $headers; TimeoutSec = 30; MaximumRedirection = 0 }
    if ($Body -ne '') { $call['Body'] = $Body; $call['ContentType'] = 'application/json' }
    $end = (Get-Date).AddSeconds($WaitSeconds)
    $busy = 0
    while ($true) {
        try {
            return @{ Status = 200; Answer = Invoke-RestMethod @call }
        } catch [Net.WebException] {
            $web = $_.Exception
            if ($null -ne $web.Response) {
                $status = [int]$web.Response.StatusCode
                if ($status -ne $TooManyRequests -or $busy -ge $BusyTries) { return @{ Status = $status; Answer = $null } }
                if ($busy -eq 0) { Write-Told Information 'Vault has too many requests: waiting' }
                $busy += 1
                Start-Sleep -Seconds (Get-Random -Minimum 1 -Maximum ($PauseSeconds + 1))
                continue
            }
            $unreached = $web.Status -in 'NameResolutionFailure', 'ConnectFailure'
            if (-not $unreached -or (Get-Date) -ge $end) {
                Stop-Here Error "Vault at $vault was not reached ($($web.Status))" failed $Failed
            }
        }
        Start-Sleep -Seconds $PauseSeconds
    }
}

# A wrapped secret opens once, so one that does not open was opened by another, unless its time is over.
function Stop-Unopened([string]$Why) {
    if ([DateTimeOffset]::UtcNow.ToUnixTimeSeconds() -ge [long]$expires) {
        Stop-Here Error "the first secret expired before this machine opened it; Vault's audit log tells whether another did" expired $Expired
    }
    Stop-Here Error ("ALERT: somebody else opened the first secret of this machine before it did ($Why). Its secret id is known to " +
        "another: look for it in Vault's audit log, change the domain-join account of pool $pool, then issue anew with --again") alert $OpenedByAnother
}

if ((Read-Guestinfo state) -ceq 'joined') {
    Write-Told Information 'this machine joined before'
    exit 0
}

$end = (Get-Date).AddSeconds($WaitSeconds)
while (($wrapped = Read-Guestinfo wrapped) -eq '') {
    if ((Get-Date) -ge $end) {
        Write-Told Error "no first secret came into $Prefix.wrapped within $WaitSeconds s"
        exit $NoFirstSecret
    }
    Start-Sleep -Seconds $PauseSeconds
}

$vault = Read-Guestinfo vault
$city = Read-Guestinfo city
$pool = Read-Guestinfo pool
$account = Read-Guestinfo account
$domain = Read-Guestinfo domain
$roleId = Read-Guestinfo role-id
$expires = Read-Guestinfo expires
Assert-Plain wrapped $wrapped
Assert-Plain city $city
Assert-Plain pool $pool
Assert-Plain role-id $roleId
if ($account -cnotmatch "\A$([regex]::Escape($city))/[A-Za-z0-9._/-]+\z" -or $account.Contains('..')) {
    Stop-Here Error "$Prefix.account is no path of the city" failed $Failed
}
if ($expires -cnotmatch '\A[0-9]+\z') { Stop-Here Error "$Prefix.expires is no time" failed $Failed }
if ($vault -cnotmatch '\Ahttps://[A-Za-z0-9./:_-]+\z') { Stop-Here Error "$Prefix.vault is no https URL" failed $Failed }

# Whoever opened it could wrap something of his own instead: only this path's answer is a secret id of the pool.
$lookup = Invoke-Vault POST 'sys/wrapping/lookup' '' (ConvertTo-Json @{ token = $wrapped })
if ($lookup.Status -in 400, 403, 404) { Stop-Unopened "lookup says $($lookup.Status)" }
if ($lookup.Status -ne 200) { Stop-Here Error "Vault answered the lookup with $($lookup.Status)" failed $Failed }
if ($lookup.Answer.data.creation_path -cne "auth/$city/approle/role/$pool/secret-id") { Stop-Unopened 'it was wrapped elsewhere' }
$opened = Invoke-Vault POST 'sys/wrapping/unwrap' $wrapped ''
if ($opened.Status -in 400, 403, 404) { Stop-Unopened "unwrap says $($opened.Status)" }
if ($opened.Status -ne 200) { Stop-Here Error "Vault answered the unwrapping with $($opened.Status)" failed $Failed }
Write-Guestinfo state opened
Write-Guestinfo wrapped ''

$login = Invoke-Vault POST "auth/$city/approle/login" '' (ConvertTo-Json @{ role_id = $roleId; secret_id = $opened.Answer.data.secret_id })
$opened = $null
if ($login.Status -ne 200) { Stop-Here Error "Vault refused the login with $($login.Status)" failed $Failed }
$token = $login.Answer.auth.client_token
$login = $null
try {
    $read = Invoke-Vault GET $account $token ''
} finally {
    $back = Invoke-Vault POST 'auth/token/revoke-self' $token ''
    if ($back.Status -notin 200, 204) { Write-Told Warning "the token could not be given back ($($back.Status)): it ends by itself" }
    $token = $null
}
if ($read.Status -ne 200) {
    Stop-Here Error "Vault refused the domain-join account of pool $pool with $($read.Status)" failed $Failed
}
# The key-value store has what was put in under another data; the directory engine has not, and says no directory.
$joining = $read.Answer.data
if ($joining.PSObject.Properties.Name -contains 'data') { $joining = $joining.data }
$read = $null
$names = $joining.PSObject.Properties.Name
$directory = if ($names -contains 'directory') { [string]$joining.directory } else { $domain }
if ($directory -eq '' -or @('username', 'password' | Where-Object { $_ -notin $names -or [string]$joining.$_ -eq '' }).Count -gt 0) {
    Stop-Here Error "the domain-join account of pool $pool lacks username, password or directory" failed $Failed
}

try {
    $secret = ConvertTo-SecureString $joining.password -AsPlainText -Force
    # A bare name would be one of this machine's own.
    $user = if ($joining.username -match '[@\\]') { $joining.username } else { "$($joining.username)@$directory" }
    $credential = New-Object System.Management.Automation.PSCredential ($user, $secret)
    $joining = $null
    Add-Computer -DomainName $directory -Credential $credential -Force
} catch {
    Stop-Here Error "the domain was not joined: $($_.Exception.Message)" failed $NotJoined
} finally {
    $secret = $null
    $credential = $null
}
Write-Guestinfo state joined
Write-Told Information "joined $directory"
if ($Restart) { Restart-Computer -Force }
exit 0
