package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
}
