import { App } from "cdktf";
import { ReadingRoomStack } from "./reading-room-stack";

const app = new App();
new ReadingRoomStack(app, "reading-room");
app.synth();
