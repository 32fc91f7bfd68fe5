using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailDesk.Worker.Storage.Migrations
{
    /// <inheritdoc />
    public partial class OneOriginal : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Mails_ContentHash",
                table: "Mails");

            migrationBuilder.CreateIndex(
                name: "IX_Mails_ContentHash",
                table: "Mails",
                column: "ContentHash",
                unique: true,
                filter: "\"Kind\" NOT IN ('Duplicate', 'Unprocessable', 'TooLarge')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Mails_ContentHash",
                table: "Mails");

            migrationBuilder.CreateIndex(
                name: "IX_Mails_ContentHash",
                table: "Mails",
                column: "ContentHash");
        }
    }
}
