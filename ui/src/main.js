// Owns the start of the page inside the shell.
import { Application } from "./application.js";
import { startApp } from "./app.js";
import { tauriPlatform } from "./platform/tauri.js";

startApp(new Application(tauriPlatform));
