@echo off
rem Installs or removes the Windows service "maildesk". To be run as an administrator:
rem
rem   maildesk-service.cmd install C:\MailDesk\maildesk.exe C:\MailDesk\maildesk.json
rem   maildesk-service.cmd uninstall
rem
rem The service runs under an account of its own that may read the program's folder and write only the folders data and logs in it.
setlocal
set "account=NT SERVICE\maildesk"
if /i "%~1"=="install" if not "%~3"=="" goto install
if /i "%~1"=="uninstall" goto uninstall
echo Usage: %~nx0 install PROGRAM CONFIGURATION
echo        %~nx0 uninstall
exit /b 2

:install
if not exist "%~f2" echo There is no program %~f2 & exit /b 1
if not exist "%~f3" echo There is no file %~f3 & exit /b 1
sc create maildesk binPath= "\"%~f2\" run --config \"%~f3\"" DisplayName= "MailDesk" start= auto obj= "%account%"
if errorlevel 1 exit /b 1
sc description maildesk "An email-native service desk: watches mailboxes, turns mail into tickets, answers by mail."
rem Started again after a crash: at once, after a minute, then every five minutes; a day without a crash forgets the earlier ones.
sc failure maildesk reset= 86400 actions= restart/5000/restart/60000/restart/300000
if errorlevel 1 exit /b 1

rem Only the service, administrators (S-1-5-32-544) and the system (S-1-5-18) see tickets, the key and the settings.
for %%d in (data logs) do (
    if not exist "%~dp2%%d" mkdir "%~dp2%%d"
    icacls "%~dp2%%d" /inheritance:r /grant "%account%:(OI)(CI)M" "*S-1-5-32-544:(OI)(CI)F" "*S-1-5-18:(OI)(CI)F" >nul
    if errorlevel 1 exit /b 1
)
icacls "%~dp2." /grant "%account%:(OI)(CI)RX" >nul
if errorlevel 1 exit /b 1
icacls "%~f3" /inheritance:r /grant "%account%:R" "*S-1-5-32-544:F" "*S-1-5-18:F" >nul
if errorlevel 1 exit /b 1
echo Installed. Check the settings with: "%~f2" check --config "%~f3"
echo Then: sc start maildesk
exit /b 0

:uninstall
sc stop maildesk >nul 2>&1
sc delete maildesk
if errorlevel 1 exit /b 1
echo Removed. The folders data and logs are left where they are.
exit /b 0
