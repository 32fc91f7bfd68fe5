namespace MailDesk.Domain.Tests;

public sealed class PriorityMatrixTests
{
    [Theory]
    [InlineData(Impact.ServiceDown, 1, 2, 3)]
    [InlineData(Impact.MajorLoss, 2, 3, 4)]
    [InlineData(Impact.MinorLoss, 3, 4, 5)]
    [InlineData(Impact.Planned, 4, 5, 5)]
    public void Every_cell_of_4_1_gives_its_priority(Impact impact, int high, int normal, int low)
    {
        Assert.Equal((Priority)high, PriorityMatrix.Of(impact, Urgency.High));
        Assert.Equal((Priority)normal, PriorityMatrix.Of(impact, Urgency.Normal));
        Assert.Equal((Priority)low, PriorityMatrix.Of(impact, Urgency.Low));
    }

    [Theory]
    [InlineData(Category.Incident, true)]
    [InlineData(Category.TechnicalSupport, false)]
    [InlineData(Category.ServiceChange, false)]
    [InlineData(Category.Service, false)]
    public void Only_an_incident_is_critical_or_high(Category category, bool allowed)
    {
        foreach (var priority in Enum.GetValues<Priority>())
        {
            var allowedHere = allowed || priority >= Priority.Medium;
            Assert.Equal(allowedHere, PriorityMatrix.Allows(category, priority));
            Assert.Equal(allowedHere ? priority : Priority.Medium, PriorityMatrix.Limit(category, priority));
        }
    }

    [Fact]
    public void What_is_no_cell_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PriorityMatrix.Of((Impact)7, Urgency.High));
}
