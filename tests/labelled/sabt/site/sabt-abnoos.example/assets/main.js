function submitForm(f){f.submit();}
window.jQuery&&jQuery(function($){$(".carousel").carousel();});
