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
# Administrators' alone: Vault's URL and the city that this machine belongs to from its first login on; and as Opened the accessor of
# the first secret that it opened last. What a guest says in guestinfo may be gone once its machine was off, and a wrapping token that
# was used up back: that is no theft.
$PlaceKey = 'HKLM:\SOFTWARE\Postazioni'
# Microsoft, "Windows Setup states": whether Sysprep and Setup are done with this machine.
$SetupKey = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State'
# The name that it has once it restarts.
$NameKey = 'HKLM:\SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName'

$Failed = 1
$NoFirstSecret = 2
$OpenedByAnother = 3
$Expired = 4
$NotJoined = 5

$token = ''

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

# Gives its token back, says why, tells vCenter, and ends.
function Stop-Here([string]$Kind, [string]$Text, [string]$State, [int]$Code) {
    Remove-Token
    Write-Guestinfo state $State
    Write-Told $Kind $Text
    exit $Code
}

function Assert-Plain([string]$Name, [string]$Value) {
    if ($Value -cnotmatch '\A[A-Za-z0-9._-]+\z') {
        Stop-Here Error "$Prefix.$Name is missing or not as it is written by 'secrets first'" failed $Failed
    }
}

# One request; status 0 where nothing answered, or not to the end. No redirect is followed, or the token would go with it. Text is
# UTF-8, which PowerShell 5.1 would not take for granted. An answer that is no JSON has no fields.
function Send-Request([string]$Method, [string]$Path, [string]$Token, [string]$Body) {
    try {
        $request = [Net.WebRequest]::Create("$api/$Path")
        $request.Method = $Method
        $request.Timeout = 30000
        $request.AllowAutoRedirect = $false
        $request.Headers.Add('X-Vault-Request', 'true')
        if ($Token -ne '') { $request.Headers.Add('X-Vault-Token', $Token) }
        if ($Method -ne 'GET') {
            $bytes = [Text.Encoding]::UTF8.GetBytes($Body)
            $request.ContentType = 'application/json'
            $request.ContentLength = $bytes.Length
            $stream = $request.GetRequestStream()
            $stream.Write($bytes, 0, $bytes.Length)
            $stream.Close()
        }
        $response = $request.GetResponse()
    } catch [Net.WebException] {
        $response = $_.Exception.Response
        if ($null -eq $response) { return @{ Status = 0; Why = [string]$_.Exception.Status } }
    }
    try {
        $reader = New-Object IO.StreamReader ($response.GetResponseStream(), [Text.Encoding]::UTF8)
        $text = $reader.ReadToEnd()
    } catch { return @{ Status = 0; Why = 'the answer was cut off' } }
    try { $json = ConvertFrom-Json $text } catch { $json = $null }
    return @{ Status = [int]$response.StatusCode; Date = $response.Headers['Date']; Json = $json }
}

# Asks again while Vault has too many requests, as when many machines start together: after other pauses than theirs. Of what
# was refused so, nothing was done.
function Send-Again([string]$Method, [string]$Path, [string]$Token, [string]$Body) {
    $busy = 0
    while ($true) {
        $answer = Send-Request $Method $Path $Token $Body
        if ($answer.Status -ne $TooManyRequests -or $busy -ge $BusyTries) { return $answer }
        if ($busy -eq 0) { Write-Told Information 'Vault has too many requests: waiting' }
        $busy += 1
        Start-Sleep -Seconds (Get-Random -Minimum 1 -Maximum ($PauseSeconds + 1))
    }
}

# Asks again while Vault cannot be reached at all: names that do not resolve, connections that are refused.
function Invoke-Vault([string]$Method, [string]$Path, [string]$Token, [string]$Body) {
    $end = (Get-Date).AddSeconds($WaitSeconds)
    while ($true) {
        $answer = Send-Again $Method $Path $Token $Body
        if ($answer.Status -ne 0) { return $answer }
        if ($answer.Why -notin 'NameResolutionFailure', 'ConnectFailure' -or (Get-Date) -ge $end) {
            Stop-Here Error "Vault at $vault was not reached ($($answer.Why))" failed $Failed
        }
        Start-Sleep -Seconds $PauseSeconds
    }
}

function Remove-Token {
    if ($script:token -eq '') { return }
    $back = Send-Again POST 'auth/token/revoke-self' $script:token ''
    $script:token = ''
    if ($back.Status -ne 204) { Write-Told Warning "the token could not be given back ($($back.Status)): it ends by itself" }
}

# The text at the end of a path through an answer; empty where there is none.
function Get-Field([object]$Json, [string[]]$Path) {
    foreach ($name in $Path) {
        if ($null -eq $Json -or $null -eq $Json.PSObject.Properties[$name]) { return '' }
        $Json = $Json.$name
    }
    return [string]$Json
}

# The key-value store has what was put in under another data; the directory engine has not, and says no directory.
function Get-Joining([object]$Json, [string]$Name) {
    $inner = Get-Field $Json @('data', 'data', $Name)
    if ($inner -ne '') { return $inner }
    return Get-Field $Json @('data', $Name)
}

# A wrapped secret opens once, so one that does not open was opened by another, unless its time is over. By Vault's clock: this
# machine's may be wrong before it is of the domain.
function Stop-Unopened([string]$Why, [hashtable]$Answer) {
    $now = [DateTimeOffset]::UtcNow
    if ($Answer.Date) { $now = [DateTimeOffset]::Parse($Answer.Date, [Globalization.CultureInfo]::InvariantCulture) }
    if ($now.ToUnixTimeSeconds() -ge [long]$expires) {
        Stop-Here Error "the first secret expired before this machine opened it; Vault's audit log tells whether another did" expired $Expired
    }
    Stop-Here Error ("ALERT: somebody else opened the first secret of this machine before it did ($Why). Its secret id is known to " +
        "another: look for it in Vault's audit log, change the domain-join account of pool $pool, then issue anew with --again") alert $OpenedByAnother
}

# Whether it is a refusal as Vault writes every one: an object whose errors are a list of texts. What stands before it, as a proxy,
# writes others.
function Test-Refusal([object]$Json) {
    if ($null -eq $Json -or $null -eq $Json.PSObject.Properties['errors']) { return $false }
    if ($Json.errors -isnot [array]) { return $false }
    foreach ($text in $Json.errors) {
        if ($text -isnot [string]) { return $false }
    }
    return $true
}

# What a wrapping token no longer opens is refused with one of these; everything else says nothing of it.
function Assert-Opened([hashtable]$Answer, [string]$What) {
    if ($Answer.Status -eq 200) { return }
    if ($Answer.Status -in 400, 403, 404 -and (Test-Refusal $Answer.Json)) { Stop-Unopened "$What says $($Answer.Status)" $Answer }
    Stop-Here Error "the answer to the $What ($($Answer.Status)) does not say whether the first secret was opened" failed $Failed
}

# Its name now, or after a restart, where either is not its seat's; else empty.
function Get-WrongName([string]$Seat) {
    foreach ($name in $env:COMPUTERNAME, (Get-ItemProperty $NameKey).ComputerName) {
        if ($name -ne $Seat) { return [string]$name }
    }
    return ''
}

# Why this machine may not open its first secret yet: before Sysprep ends it has its template's name, and whatever it joined would
# be lost.
function Get-Unready([string]$Seat) {
    $setup = [string](Get-ItemProperty $SetupKey).ImageState
    if ($setup -cne 'IMAGE_STATE_COMPLETE') { return "Windows Setup is not over ($setup)" }
    $name = Get-WrongName $Seat
    if ($name -ne '') { return "this machine is called $name, and its seat ${Seat}: it was not customized" }
    return ''
}

# Whether this machine opened the first secret that its guestinfo has.
function Test-OpenedIt {
    # One that cannot be read is told once its first secret is there.
    try { $values = if (Test-Path $PlaceKey) { Get-ItemProperty $PlaceKey } else { $null } } catch { $values = $null }
    if ($null -eq $values -or $null -eq $values.PSObject.Properties['Opened']) { return $false }
    return [string]$values.Opened -ceq (Read-Guestinfo accessor)
}

function Save-Opened {
    $accessor = Read-Guestinfo accessor
    if ($accessor -eq '') { return }
    try {
        if (-not (Test-Path $PlaceKey)) { New-Item $PlaceKey | Out-Null }
        Set-ItemProperty $PlaceKey Opened $accessor
    } catch {
        Write-Told Warning ("$PlaceKey could not be written: after a power-off it may be taken for another's that this machine " +
            "opened its first secret")
    }
}

# The wrapping token of a first secret that this machine did not open yet; else empty.
function Read-Wrapped {
    if (Test-OpenedIt) { return '' }
    return Read-Guestinfo wrapped
}

$state = Read-Guestinfo state
if ($state -ceq 'joined') {
    # As of a machine whose image had no such value.
    if (-not (Test-OpenedIt)) { Save-Opened }
    Write-Told Information 'this machine joined before'
    exit 0
}
# It restarted between opening its first secret and saying that it joined, or what it said is gone.
if (($state -ceq 'opened' -and (Read-Guestinfo wrapped) -eq '') -or ($state -eq '' -and (Test-OpenedIt))) {
    $wrong = Get-WrongName (Read-Guestinfo seat)
    $member = (Get-CimInstance Win32_ComputerSystem).PartOfDomain
    if ($member -and $wrong -eq '') {
        Write-Guestinfo state joined
        Write-Told Information 'this machine joined before'
        exit 0
    }
    # The used-up secret that a power-off brought back: whoever reads it would say that somebody else opened it.
    if ((Read-Guestinfo wrapped) -ne '') { Write-Guestinfo wrapped '' }
    Write-Guestinfo state failed
    if ($wrong -eq '') {
        Write-Told Warning 'this machine restarted before it joined: it waits for another first secret'
    } else {
        if ($member) { Remove-Computer -Force }
        Write-Told Error "this machine restarted as $wrong, and its seat is $(Read-Guestinfo seat): whatever it joined was left"
    }
}

$end = (Get-Date).AddSeconds($WaitSeconds)
while (($wrapped = Read-Wrapped) -eq '') {
    if ((Get-Date) -ge $end) {
        Write-Told Error "no first secret came into $Prefix.wrapped within $WaitSeconds s"
        exit $NoFirstSecret
    }
    Start-Sleep -Seconds $PauseSeconds
}

$vault = Read-Guestinfo vault
$city = Read-Guestinfo city
$pool = Read-Guestinfo pool
$seat = Read-Guestinfo seat
$account = Read-Guestinfo account
$domain = Read-Guestinfo domain
$roleId = Read-Guestinfo role-id
$unit = Read-Guestinfo organizational-unit
$expires = Read-Guestinfo expires
Assert-Plain wrapped $wrapped
Assert-Plain city $city
Assert-Plain pool $pool
Assert-Plain seat $seat
Assert-Plain role-id $roleId
if ($account -cnotmatch "\A$([regex]::Escape($city))/[A-Za-z0-9._/-]+\z" -or $account.Contains('..')) {
    Stop-Here Error "$Prefix.account is no path of the city" failed $Failed
}
if ($unit -ne '' -and $unit -cnotmatch '\A[Oo][Uu]=[\x20-\x7e]+\z') {
    Stop-Here Error "$Prefix.organizational-unit is no organizational unit" failed $Failed
}
if ($expires -cnotmatch '\A[0-9]+\z') { Stop-Here Error "$Prefix.expires is no time" failed $Failed }
if ($vault -cnotmatch '\Ahttps://[A-Za-z0-9./:_-]+\z') { Stop-Here Error "$Prefix.vault is no https URL" failed $Failed }
# A city's namespace comes with the URL: https://vault.example/v1/cities/milan.
$api = if ($vault -cnotmatch '/v1/') { "$vault/v1" } else { $vault }
$place = "$vault $city"
# The key alone says nothing: a group policy may make it, and power may be lost before it has its value.
try {
    $values = if (Test-Path $PlaceKey) { Get-ItemProperty $PlaceKey } else { $null }
    $kept = if ($null -ne $values -and $null -ne $values.PSObject.Properties['Vault']) { [string]$values.Vault } else { $place }
} catch {
    Stop-Here Error "$PlaceKey could not be read" failed $Failed
}
if ($kept -cne $place) { Stop-Here Error "$Prefix names another Vault or city than ${PlaceKey}: this machine asks no other" failed $Failed }

$end = (Get-Date).AddSeconds($WaitSeconds)
while (($unready = Get-Unready $seat) -ne '') {
    if ((Get-Date) -ge $end) { Stop-Here Error "$unready, and opens nothing" failed $Failed }
    Start-Sleep -Seconds $PauseSeconds
}

# Whoever opened it could wrap something of his own instead: only this path's answer is a secret id of the pool.
$lookup = Invoke-Vault POST 'sys/wrapping/lookup' '' (ConvertTo-Json @{ token = $wrapped })
Assert-Opened $lookup lookup
$made = Get-Field $lookup.Json @('data', 'creation_path')
if ($made -eq '') { Stop-Here Error "Vault's answer to the lookup is not whole" failed $Failed }
if ($made -cne "auth/$city/approle/role/$pool/secret-id") { Stop-Unopened 'it was wrapped elsewhere' $lookup }
$opened = Invoke-Vault POST 'sys/wrapping/unwrap' $wrapped ''
Assert-Opened $opened unwrap
$secretId = Get-Field $opened.Json @('data', 'secret_id')
$opened = $null
Save-Opened
Write-Guestinfo state opened
Write-Guestinfo wrapped ''
Assert-Plain secret-id $secretId

$login = Invoke-Vault POST "auth/$city/approle/login" '' (ConvertTo-Json @{ role_id = $roleId; secret_id = $secretId })
$secretId = $null
if ($login.Status -ne 200) {
    Stop-Here Error ("Vault refused the login with $($login.Status): the secret id's time is over, or Vault does not see " +
        "this machine in the ranges of pool $pool") failed $Failed
}
$token = Get-Field $login.Json @('auth', 'client_token')
$login = $null
Assert-Plain token $token
$read = Invoke-Vault GET $account $token ''
Remove-Token
if ($read.Status -ne 200) {
    Stop-Here Error "Vault refused the domain-join account of pool $pool with $($read.Status)" failed $Failed
}
$username = Get-Joining $read.Json username
$password = Get-Joining $read.Json password
$directory = Get-Joining $read.Json directory
$read = $null
if ($directory -eq '') { $directory = $domain }
if ($username -eq '' -or $password -eq '' -or $directory -eq '') {
    Stop-Here Error "the domain-join account of pool $pool lacks username, password or directory" failed $Failed
}
if ("$username$directory" -cnotmatch '\A[A-Za-z0-9.@_\\:/=,-]+\z' -or $directory.StartsWith('-')) {
    Stop-Here Error 'username or directory of the domain-join account is not plain' failed $Failed
}

try {
    if (-not (Test-Path $PlaceKey)) { New-Item $PlaceKey | Out-Null }
    Set-ItemProperty $PlaceKey Vault $place
} catch {
    Stop-Here Error "$PlaceKey could not be written" failed $Failed
}
# A bare name would be one of this machine's own.
$user = if ($username -match '[@\\]') { $username } else { "$username@$directory" }
try {
    $secret = ConvertTo-SecureString $password -AsPlainText -Force
    $password = $null
    $credential = New-Object Management.Automation.PSCredential ($user, $secret)
    if ($unit -eq '') {
        Add-Computer -DomainName $directory -Credential $credential -Force
    } else {
        Add-Computer -DomainName $directory -OUPath $unit -Credential $credential -Force
    }
} catch {
    Stop-Here Error "the domain was not joined: $($_.Exception.Message)" failed $NotJoined
}
$secret = $null
# Something may have renamed it meanwhile.
$wrong = Get-WrongName $seat
if ($wrong -ne '') {
    try {
        Remove-Computer -UnjoinDomainCredential $credential -Force
        $undone = 'undone'
    } catch { $undone = "not undone: $($_.Exception.Message)" }
    Stop-Here Error "this machine joined as $wrong, and its seat is ${seat}: $undone" failed $NotJoined
}
$credential = $null
Write-Guestinfo state joined
Write-Told Information "joined $directory"
if ($Restart) { Restart-Computer -Force }
exit 0
