using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Serving;

/// <summary>Every way in which editors save a file leads to the new code.</summary>
public sealed class SavingTests : IAsyncLifetime
{
    private readonly TestRoot _root = new();
    private TestServer _server = null!;

    private string File => Path.Combine(_root.AppFolder("shop"), "Program.cs");

    public async ValueTask InitializeAsync()
    {
        _root.WriteApp("shop", "one");
        _server = await TestServer.StartAsync(_root);
        Assert.Equal("one", await _server.GetTextAsync("/shop/"));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _root.Dispose();
    }

    [Fact]
    public Task A_file_that_is_written_aside_and_renamed_over_the_old_one() => AssertTakenAsync(text =>
    {
        System.IO.File.WriteAllText(File + ".tmp", text);
        System.IO.File.Move(File + ".tmp", File, overwrite: true);
    });

    [Fact]
    public Task A_file_that_is_truncated_and_written_in_pieces() => AssertTakenAsync(text =>
    {
        using var stream = new FileStream(File, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite);
        using var writer = new StreamWriter(stream);
        foreach (var part in text.Chunk(20))
        {
            writer.Write(part);
            writer.Flush();
        }
    });

    [Fact]
    public Task A_file_that_is_written_in_place_and_has_the_same_length_as_before() => AssertTakenAsync(text =>
    {
        using var stream = new FileStream(File, FileMode.Open, FileAccess.Write);
        stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
    });

    [Fact]
    public Task A_file_that_is_deleted_and_created() => AssertTakenAsync(text =>
    {
        System.IO.File.Delete(File);
        System.IO.File.WriteAllText(File, text);
    });

    // vim with backupcopy=no: a probe file, the old file renamed to the backup, the new one written, the backup deleted.
    [Fact]
    public Task A_file_that_is_renamed_to_a_backup_while_the_new_one_is_written() => AssertTakenAsync(text =>
    {
        System.IO.File.WriteAllText(Path.Combine(_root.AppFolder("shop"), "4913"), "");
        System.IO.File.Delete(Path.Combine(_root.AppFolder("shop"), "4913"));
        System.IO.File.Move(File, File + "~");
        System.IO.File.WriteAllText(File, text);
        System.IO.File.Delete(File + "~");
    });

    // As JetBrains' safe write and Emacs do.
    [Fact]
    public Task A_file_that_is_exchanged_by_way_of_a_second_name() => AssertTakenAsync(text =>
    {
        System.IO.File.WriteAllText(File + "___jb_tmp___", text);
        System.IO.File.Move(File, File + "___jb_old___");
        System.IO.File.Move(File + "___jb_tmp___", File);
        System.IO.File.Delete(File + "___jb_old___");
    });

    [Fact]
    public async Task A_file_that_is_only_touched_starts_nothing()
    {
        System.IO.File.SetLastWriteTimeUtc(File, DateTime.UnixEpoch.AddYears(40));
        await AssertTakenAsync(text => System.IO.File.WriteAllText(File, text));

        // Two instances: the first and that of the changed text.
        Assert.Equal(2, _server.StatusOf("shop").Instance);
    }

    [Fact]
    public async Task Vim_itself()
    {
        Assert.SkipUnless(ExternalTool.Exists("vim"), "vim is missing: apt-get install vim-tiny");
        await ExternalTool.RunAsync(_root.AppFolder("shop"), "vim", "-u", "NONE", "-es", "-c", "%s/one/two/", "-c", "wq", "Program.cs");
        await AssertAnswerAsync("two");
    }

    [Fact]
    public async Task A_source_file_that_comes_goes_into_the_app_and_one_that_is_deleted_goes_out_of_it()
    {
        _root.Write("shop", "More/Text.cs", "static class Text { public const string Value = \"from a second file\"; }");
        _root.Write("shop", "Program.cs", TestRoot.Program("").Replace("() => \"\"", "() => Text.Value", StringComparison.Ordinal));
        await AssertAnswerAsync("from a second file");

        System.IO.File.Delete(Path.Combine(_root.AppFolder("shop"), "More", "Text.cs"));
        var status = await _server.WaitForAsync("shop", app => app.Reason is not null, "misses the file");
        Assert.Contains("CS0103", status.Reason, StringComparison.Ordinal);

        _root.Write("shop", "Elsewhere/Text.cs", "static class Text { public const string Value = \"back again\"; }");
        await AssertAnswerAsync("back again");
        Directory.Move(Path.Combine(_root.AppFolder("shop"), "Elsewhere"), Path.Combine(_root.Folder, "moved-away"));
        await _server.WaitForAsync("shop", app => app.Reason is not null, "misses the folder");
    }

    [Fact]
    public async Task Saves_that_come_faster_than_builds_end_with_the_last_one()
    {
        for (var save = 1; save <= 60; save++)
        {
            _root.WriteApp("shop", $"save {save}");

            // A typist's pace, not a wait for something: some fall into one build, some into the middle of another.
            await Task.Delay(TimeSpan.FromMilliseconds(save), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await AssertAnswerAsync("save 60");
        Assert.InRange(_server.StatusOf("shop").Instance, 2, 40);
        Assert.Null(_server.StatusOf("shop").Reason);
    }

    private async Task AssertTakenAsync(Action<string> save)
    {
        save(TestRoot.Program("two"));
        await AssertAnswerAsync("two");
        Assert.Null(_server.StatusOf("shop").Reason);
    }

    private Task AssertAnswerAsync(string answer) => Eventually.HoldsAsync(async () => await _server.GetTextAsync("/shop/") == answer, $"the answer '{answer}'");
}
