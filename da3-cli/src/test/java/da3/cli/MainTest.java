package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import da3.core.Version;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {

    @Test
    void addsOnlyTheCalledCommand() {
        assertThat(Main.commandLine("image", "auto").getSubcommands()).containsOnlyKeys("image");
    }

    @Test
    void addsAllCommandsUnlessOneIsCalled() {
        for (String[] arguments : new String[][] {{}, {"--help"}, {"imgae", "image"}}) {
            assertThat(Main.commandLine(arguments).getSubcommands())
                    .containsOnlyKeys(
                            "auto",
                            "image",
                            "images",
                            "video",
                            "colmap",
                            "rig",
                            "render",
                            "mesh",
                            "backend",
                            "demo",
                            "model",
                            "verify",
                            "bench",
                            "train",
                            "evaluate",
                            "stream",
                            "locate");
        }
    }

    @Test
    void commandsAreRegisteredUnderTheNameInTheirHelp() {
        Main.commandLine().getSubcommands().forEach((name, command) -> assertThat(command.getCommandName())
                .isEqualTo(name));
    }

    @Test
    void printsTheVersionOfTheLibrary() {
        assertThat(CommandRun.of(List.of("--version")).out()).isEqualToIgnoringNewLines("da3 " + Version.CURRENT);
    }
}
