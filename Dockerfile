# The worker as a container: docker build -t maildesk .     (BuildKit, which gives TARGETARCH)
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source

# Packages change seldom: this layer is taken from the cache as long as the project files are the same.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/MailDesk.Domain/MailDesk.Domain.csproj src/MailDesk.Domain/
COPY src/MailDesk.Mail/MailDesk.Mail.csproj src/MailDesk.Mail/
COPY src/MailDesk.Templates/MailDesk.Templates.csproj src/MailDesk.Templates/
COPY src/MailDesk.Worker/MailDesk.Worker.csproj src/MailDesk.Worker/
RUN dotnet restore src/MailDesk.Worker --arch $TARGETARCH -p:PublishReadyToRun=true

COPY .editorconfig BannedSymbols.txt ./
COPY templates/ templates/
COPY src/ src/
RUN dotnet publish src/MailDesk.Worker --configuration Release --arch $TARGETARCH --no-restore --self-contained false -p:PublishReadyToRun=true --output /app

FROM mcr.microsoft.com/dotnet/runtime:10.0
COPY --from=build /app /app
RUN install --directory --owner=$APP_UID --group=$APP_UID --mode=0700 /data
USER $APP_UID

# The database, its key and the logs lie under the working directory; the administrator's files under /config.
WORKDIR /data
VOLUME /data
ENV MAILDESK_CONFIG=/config/maildesk.json

# The desk finishes what it has begun within 20 seconds.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/maildesk"]
CMD ["run"]
