using LicenceChain.Cli.Samples;

namespace LicenceChain.Cli.Tests.Samples;

public sealed class SampleReaderTests
{
    [Fact]
    public void The_shipped_samples_are_read_whole()
    {
        var reading = SampleReader.Read(Repository.Samples);

        Assert.Empty(reading.Problems);
        Assert.NotNull(reading.Set);
        Assert.Equal(2_000, reading.Set.Licences.Count);
        Assert.Equal(1_000, reading.Set.Requests.Count);
        Assert.Equal(12, reading.Set.Types.Count);
        Assert.Equal(4, reading.Set.Agreement.Regions.Count);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        var reading = SampleReader.Read("/nowhere/at-all");

        Assert.Null(reading.Set);
        Assert.Contains("/nowhere/at-all: is no folder", Assert.Single(reading.Problems).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("regions.csv")]
    [InlineData("agencies.csv")]
    [InlineData("licence-types.json")]
    [InlineData("licences.csv")]
    [InlineData("agreement.json")]
    [InlineData("matters.json")]
    [InlineData("fates.json")]
    [InlineData("requests.csv")]
    public void A_missing_file_is_named(string file)
    {
        using var samples = new SampleCopy();
        samples.Delete(file);

        var reading = samples.Read();

        Assert.Null(reading.Set);
        Assert.Contains(reading.Problems, problem => problem.ToString().StartsWith($"{file}: is missing", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"S000000\": \"\\ud800\"}")]
    [InlineData("{\"\\udfff\": \"licence-revoked\"}")]
    public void Half_of_a_surrogate_pair_is_a_problem_of_its_file(string fates)
    {
        using var samples = new SampleCopy();
        samples.Write("fates.json", fates);

        Assert.Contains(samples.Read().Problems, problem => problem.ToString().StartsWith("fates.json: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("regions.csv", 3, 1, "code", "12")]
    [InlineData("agencies.csv", 2, 1, "uscc", "11310000EMBDKXPC0Q")]
    [InlineData("agencies.csv", 5, 3, "region", "990000")]
    [InlineData("licences.csv", 4, 1, "serial", "S 2")]
    [InlineData("licences.csv", 4, 1, "serial", "S000001")]
    [InlineData("licences.csv", 4, 2, "type", "fishing-licence")]
    [InlineData("licences.csv", 4, 3, "region", "110000")]
    [InlineData("licences.csv", 4, 4, "issuer", "113100001410070K7R")]
    [InlineData("licences.csv", 4, 5, "holderCode", "340102198212092124")]
    [InlineData("licences.csv", 4, 6, "holderName", "")]
    [InlineData("licences.csv", 4, 7, "issueDate", "2023-02-30")]
    [InlineData("licences.csv", 4, 8, "validUntil", "2020-01-01")]
    [InlineData("licences.csv", 4, 9, "attributes", "\"{}\"")]
    [InlineData("licences.csv", 4, 9, "attributes", "not json")]
    [InlineData("licences.csv", 4, 9, "attributes", "\"{\"\"name\"\": \"\"\\ud800\"\"}\"")]
    [InlineData("requests.csv", 2, 2, "at", "yesterday")]
    [InlineData("requests.csv", 2, 3, "region", "310000")]
    [InlineData("requests.csv", 2, 5, "matter", "fishing")]
    [InlineData("requests.csv", 2, 6, "licenceSerial", "S999999")]
    [InlineData("requests.csv", 2, 7, "licenceType", "resident-id")]
    [InlineData("requests.csv", 2, 8, "issuerRegion", "310000")]
    [InlineData("requests.csv", 2, 9, "attributes", "uscc;uscc")]
    [InlineData("requests.csv", 2, 9, "attributes", "height")]
    [InlineData("requests.csv", 2, 10, "scenario", "granted-twice")]
    [InlineData("requests.csv", 2, 11, "expected", "refused")]
    public void A_broken_field_is_named_with_file_line_and_column(string file, int line, int column, string name, string value)
    {
        using var samples = new SampleCopy();
        if (file == "licences.csv" && column == 9)
            samples.Replace(file, File.ReadAllLines(Path.Combine(samples.Path, file))[line - 1].Split(',', 9)[8], value);
        else
            samples.SetField(file, line, column, value);

        var reading = samples.Read();

        Assert.Null(reading.Set);
        Assert.Contains(reading.Problems, problem => (problem.File, problem.Line, problem.Column, problem.Name) == (file, line, column, name));
    }

    [Fact]
    public void A_problem_never_repeats_a_holders_code()
    {
        using var samples = new SampleCopy();
        samples.SetField("licences.csv", 4, 5, "340102198212092124");

        var reading = samples.Read();

        Assert.DoesNotContain(reading.Problems, problem => problem.ToString().Contains("340102198212092124", StringComparison.Ordinal));
    }

    [Fact]
    public void A_row_with_a_field_too_few_is_named()
    {
        using var samples = new SampleCopy();
        samples.Replace("agencies.csv", "上海市公安厅,310000,公安厅", "上海市公安厅,310000");

        Assert.Equal("agencies.csv, line 3, column 4: has 3 fields where the header has 4.", Assert.Single(samples.Read().Problems).ToString());
    }

    [Fact]
    public void A_line_after_a_field_that_spans_lines_keeps_its_number()
    {
        using var samples = new SampleCopy();
        samples.Write("regions.csv", "code,name\n310000,\"上\n海\"\n32,江苏省\n");

        Assert.Equal(4, Assert.Single(samples.Read().Problems).Line);
    }

    [Fact]
    public void Another_header_is_refused()
    {
        using var samples = new SampleCopy();
        samples.SetField("regions.csv", 1, 2, "title");

        var problem = Assert.Single(samples.Read().Problems);

        Assert.Equal(("regions.csv", 1), (problem.File, problem.Line));
    }

    [Fact]
    public void Broken_json_is_named_with_line_and_column()
    {
        using var samples = new SampleCopy();
        samples.Write("licence-types.json", "[\n{ oops }]");

        var problem = Assert.Single(samples.Read().Problems);

        Assert.Equal(("licence-types.json", 2), (problem.File, problem.Line));
    }

    [Fact]
    public void A_json_value_of_the_wrong_kind_is_named_with_its_path()
    {
        using var samples = new SampleCopy();
        samples.Replace("matters.json", "\"region\": \"340000\"", "\"region\": 340000");

        var reading = samples.Read();

        Assert.Contains(reading.Problems, problem => problem.File == "matters.json" && problem.Name == "$[4].region");
    }

    [Fact]
    public void A_fate_of_a_licence_that_is_not_there_is_named()
    {
        using var samples = new SampleCopy();
        samples.Replace("fates.json", "S000000", "X000000");

        Assert.Contains(samples.Read().Problems, problem => problem.File == "fates.json" && problem.Name == "X000000");
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        using var samples = new SampleCopy();
        File.WriteAllBytes(Path.Combine(samples.Path, "regions.csv"), [0xff, 0xfe, 0x00]);

        Assert.Equal("regions.csv: is not UTF-8.", Assert.Single(samples.Read().Problems).ToString());
    }

    [Fact]
    public void No_more_than_ten_problems_are_shown_and_all_are_counted()
    {
        using var samples = new SampleCopy();
        samples.Replace("licences.csv", ",310000,", ",110000,");

        var reading = samples.Read();

        Assert.Equal(SampleProblems.MaxShown, reading.Problems.Count);
        Assert.True(reading.ProblemCount > SampleProblems.MaxShown);
    }
}
